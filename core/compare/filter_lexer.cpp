#include "compare/filter_lexer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "compare/filter.h"

namespace treegrpo {
namespace {

constexpr std::array<std::string_view, 6> words = {"and", "or", "not", "contains", "true", "false"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_part(char c) {
  return is_letter(c) || is_digit(c) || c == '.' || c == '#' || c == '-';
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<Token> tokens() {
    std::vector<Token> list;
    do {
      while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
      list.push_back(next());
    } while (list.back().kind != TokenKind::end);
    return list;
  }

 private:
  Token next() {
    const std::size_t begin = at_;
    if (at_ == text_.size())
      return {.kind = TokenKind::end, .begin = begin, .end = begin, .text = {}};
    const char c = text_[at_];
    if (c == '(' || c == ')') {
      ++at_;
      return token(c == '(' ? TokenKind::open : TokenKind::close, begin);
    }
    if (c == '"' || c == '\'') return quoted(c);
    if (is_letter(c)) {
      while (at_ < text_.size() && is_name_part(text_[at_])) ++at_;
      Token name = token(TokenKind::name, begin);
      if (name.text == "contains") name.kind = TokenKind::comparison;
      return name;
    }
    if (is_digit(c) || c == '-' || c == '+' || c == '.') return number();
    return comparison();
  }

  Token token(TokenKind kind, std::size_t begin) const {
    return {.kind = kind,
            .begin = begin,
            .end = at_,
            .text = std::string(text_.substr(begin, at_ - begin))};
  }

  Token quoted(char quote) {
    const std::size_t begin = at_++;
    std::string value;
    while (at_ < text_.size() && text_[at_] != quote) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      value += text_[at_++];
    }
    if (at_ == text_.size()) fail(begin, "this text has no closing quote");
    ++at_;
    Token result = token(TokenKind::text, begin);
    result.text = std::move(value);
    return result;
  }

  Token number() {
    const std::size_t begin = at_;
    if (text_[at_] == '+') ++at_;
    double value = 0;
    const auto [end, failure] =
        std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
    if (failure != std::errc() || !std::isfinite(value)) fail(begin, "this is no number");
    at_ = static_cast<std::size_t>(end - text_.data());
    Token result = token(TokenKind::number, begin);
    result.number = value;
    return result;
  }

  Token comparison() {
    const std::size_t begin = at_;
    for (const std::string_view known : {"==", "!=", "<=", ">=", "<", ">"})
      if (text_.substr(at_).starts_with(known)) {
        at_ += known.size();
        return token(TokenKind::comparison, begin);
      }
    if (text_[at_] == '=') fail(begin, "equality is written ==");
    fail(begin, "nothing in a filter begins with this character");
  }

  [[noreturn]] void fail(std::size_t byte, const std::string& sentence) const {
    throw FilterError(filter_column(text_, byte), sentence);
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

bool is_filter_word(std::string_view name) {
  return std::find(words.begin(), words.end(), name) != words.end();
}

std::vector<Token> filter_tokens(std::string_view text) { return Lexer(text).tokens(); }

std::size_t filter_column(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, byte);
  const auto is_start = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  return 1 + static_cast<std::size_t>(std::count_if(before.begin(), before.end(), is_start));
}

}  // namespace treegrpo
