#include "compare/filter.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "compare/filter_lexer.h"
#include "record/field_table.h"
#include "record/utf8.h"

namespace treegrpo {

struct Filter::Node {
  enum class What { all, any, none, compare, has, tag };
  What what = What::all;
  std::vector<Node> parts = {};  // of all, any; one of none
  std::string name = {};
  std::string comparison = {};
  FilterValue value = {};
};

namespace {

constexpr std::size_t longest_filter = 4000;
constexpr int deepest_nesting = 64;

using Node = Filter::Node;

std::string_view kind_text(FilterKind kind) {
  switch (kind) {
    case FilterKind::number:
      return "a number";
    case FilterKind::text:
      return "a text in quotes";
    case FilterKind::boolean:
      break;
  }
  return "true or false";
}

// Recursive descent; each function reads what it is named after.
class Parser {
 public:
  Parser(std::string_view text, std::span<const FilterName> names)
      : text_(text), names_(names), tokens_(filter_tokens(text)) {}

  Node whole() {
    Node node = any();
    if (now().kind != TokenKind::end) fail(now(), "expected and, or, or the end");
    return node;
  }

 private:
  Node any() {
    Node node{.what = Node::What::any};
    do node.parts.push_back(all());
    while (takes("or"));
    return node.parts.size() == 1 ? Node(std::move(node.parts.front())) : node;
  }

  Node all() {
    Node node{.what = Node::What::all};
    do node.parts.push_back(negated());
    while (takes("and"));
    return node.parts.size() == 1 ? Node(std::move(node.parts.front())) : node;
  }

  Node negated() {
    if (++depth_ > deepest_nesting) fail(now(), "this is nested too deeply");
    Node node;
    if (takes("not")) {
      node.what = Node::What::none;
      node.parts.push_back(negated());
    } else if (now().kind == TokenKind::open) {
      ++at_;
      node = any();
      take(TokenKind::close, "expected )");
    } else {
      node = condition();
    }
    --depth_;
    return node;
  }

  Node condition() {
    const Token name = now();
    if (name.kind != TokenKind::name || is_filter_word(name.text))
      fail(name, "expected a name, tag(\"…\"), has(name), not or (");
    ++at_;
    if (now().kind == TokenKind::open) return call(name);
    const FilterName& known = known_name(name);
    Node node{.what = Node::What::compare, .name = known.name};
    if (now().kind != TokenKind::comparison) {
      if (known.kind != FilterKind::boolean)
        fail(now(), "expected a comparison after " + known.name + ": == != < <= > >= contains");
      node.comparison = "==";
      node.value = true;
      return node;
    }
    node.comparison = comparison(known);
    node.value = value(known);
    return node;
  }

  Node call(const Token& function) {
    ++at_;
    const Token argument = now();
    Node node;
    if (function.text == "tag") {
      take(TokenKind::text, "expected a tag in quotes");
      node = {.what = Node::What::tag, .name = argument.text};
    } else if (function.text == "has") {
      take(TokenKind::name, "expected a name");
      node = {.what = Node::What::has, .name = known_name(argument).name};
    } else {
      fail(function,
           "there is no function " + function.text + "; there are tag(\"…\") and has(name)");
    }
    take(TokenKind::close, "expected )");
    return node;
  }

  std::string comparison(const FilterName& known) {
    const Token token = now();
    ++at_;
    const bool equality = token.text == "==" || token.text == "!=";
    if (token.text == "contains" && known.kind != FilterKind::text)
      fail(token,
           known.name + " is " + std::string(kind_text(known.kind)) + "; contains is for texts");
    if (!equality && known.kind == FilterKind::boolean)
      fail(token, known.name + " is true or false; compare it with == or !=");
    return token.text;
  }

  FilterValue value(const FilterName& known) {
    const Token token = now();
    ++at_;
    if (known.kind == FilterKind::number && token.kind == TokenKind::number) return token.number;
    if (known.kind == FilterKind::text && token.kind == TokenKind::text) return token.text;
    if (known.kind == FilterKind::boolean && token.kind == TokenKind::name &&
        (token.text == "true" || token.text == "false"))
      return token.text == "true";
    fail(token, "expected " + std::string(kind_text(known.kind)) + ", which " + known.name + " is");
  }

  const FilterName& known_name(const Token& token) {
    std::vector<std::string> known;
    for (const FilterName& name : names_) {
      if (name.name == token.text) return name;
      known.push_back(name.name);
    }
    std::string sentence = "there is no name " + shortened(token.text, 60);
    if (!known.empty()) sentence += "; did you mean " + nearest_key(token.text, known) + "?";
    fail(token, sentence);
  }

  const Token& now() const { return tokens_[std::min(at_, tokens_.size() - 1)]; }

  bool takes(std::string_view word) {
    if (now().kind != TokenKind::name || now().text != word) return false;
    ++at_;
    return true;
  }

  void take(TokenKind kind, const std::string& sentence) {
    if (now().kind != kind) fail(now(), sentence);
    ++at_;
  }

  [[noreturn]] void fail(const Token& token, const std::string& sentence) const {
    const std::string found = token.kind == TokenKind::end ? ", found the end" : "";
    throw FilterError(filter_column(text_, token.begin), sentence + found);
  }

  std::string_view text_;
  std::span<const FilterName> names_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

bool compares(const std::optional<FilterValue>& asked, const std::string& comparison,
              const FilterValue& right) {
  if (!asked || asked->index() != right.index()) return false;
  const FilterValue& left = *asked;
  if (comparison == "==") return left == right;
  if (comparison == "!=") return left != right;
  if (comparison == "<") return left < right;
  if (comparison == "<=") return left <= right;
  if (comparison == ">") return left > right;
  if (comparison == ">=") return left >= right;
  return std::get<std::string>(left).find(std::get<std::string>(right)) != std::string::npos;
}

bool holds(const Node& node, const FilterRow& row) {
  const auto part_holds = [&](const Node& part) { return holds(part, row); };
  switch (node.what) {
    case Node::What::all:
      return std::all_of(node.parts.begin(), node.parts.end(), part_holds);
    case Node::What::any:
      return std::any_of(node.parts.begin(), node.parts.end(), part_holds);
    case Node::What::none:
      return !holds(node.parts.front(), row);
    case Node::What::compare:
      return compares(row.value(node.name), node.comparison, node.value);
    case Node::What::has:
      return row.value(node.name).has_value();
    case Node::What::tag:
      break;
  }
  return std::find(row.tags.begin(), row.tags.end(), node.name) != row.tags.end();
}

}  // namespace

FilterValue filter_value(const FieldValue& value) {
  return std::visit(
      [&](const auto& held) -> FilterValue {
        using Held = std::decay_t<decltype(held)>;
        if constexpr (std::is_same_v<Held, bool> || std::is_same_v<Held, std::string>)
          return held;
        else if constexpr (std::is_arithmetic_v<Held>)
          return static_cast<double>(held);
        else
          return value_text(value);
      },
      value);
}

std::optional<FilterValue> FilterRow::value(std::string_view name) const {
  if (const auto found = values.find(name); found != values.end()) return found->second;
  if (!config) return std::nullopt;
  const auto found = config->find(name);
  if (found == config->end()) return std::nullopt;
  return filter_value(found->second);
}

FilterError::FilterError(std::size_t column, const std::string& sentence)
    : Error("the filter, column " + std::to_string(column) + ": " + sentence, ErrorKind::usage),
      column_(column) {}

Filter::Filter(std::string_view text, std::span<const FilterName> names) {
  if (text.find_first_not_of(" \t") == std::string_view::npos)
    throw FilterError(1, "it is empty; write something like method == \"treegrpo\"");
  if (text.size() > longest_filter) throw FilterError(1, "it is longer than 4000 bytes");
  if (const auto byte = first_invalid_utf8(text))
    throw FilterError(filter_column(text, *byte), "it is not UTF-8");
  root_ = std::make_shared<const Node>(Parser(text, names).whole());
}

bool Filter::matches(const FilterRow& row) const { return holds(*root_, row); }

}  // namespace treegrpo
