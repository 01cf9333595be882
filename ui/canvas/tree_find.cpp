#include "canvas/tree_find.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <functional>
#include <optional>

namespace treegrpo {
namespace {

struct Tree {
  const TreeRecord& record;
  const TreeFigures& figures;
  const TreeNode& node(std::int32_t at) const { return record.nodes[static_cast<std::size_t>(at)]; }
};

using Condition = std::function<bool(const Tree&, std::int32_t)>;
using Number = double (*)(const Tree&, std::int32_t);

struct NumberName {
  const char* name;
  Number number;
};

constexpr Number advantage = [](const Tree& tree, std::int32_t at) {
  return tree.node(at).advantage;
};
constexpr Number reward = [](const Tree& tree, std::int32_t at) {
  return tree.figures.reward[static_cast<std::size_t>(at)];
};
constexpr Number step = [](const Tree& tree, std::int32_t at) {
  return static_cast<double>(tree.node(at).step);
};
constexpr Number value = [](const Tree& tree, std::int32_t at) { return tree.node(at).value; };
constexpr Number log_prob = [](const Tree& tree, std::int32_t at) {
  return tree.node(at).log_prob;
};
constexpr Number ratio = [](const Tree& tree, std::int32_t at) { return tree.node(at).ratio; };
constexpr Number kl = [](const Tree& tree, std::int32_t at) { return tree.node(at).kl; };

constexpr std::array number_names = {NumberName{"a", advantage},
                                     NumberName{"adv", advantage},
                                     NumberName{"advantage", advantage},
                                     NumberName{"r", reward},
                                     NumberName{"reward", reward},
                                     NumberName{"t", step},
                                     NumberName{"step", step},
                                     NumberName{"v", value},
                                     NumberName{"value", value},
                                     NumberName{"lp", log_prob},
                                     NumberName{"log_prob", log_prob},
                                     NumberName{"ratio", ratio},
                                     NumberName{"kl", kl}};

struct KindName {
  const char* name;
  bool (*holds)(const Tree&, std::int32_t);
};

constexpr std::array kind_names = {
    KindName{"leaf",
             [](const Tree& tree, std::int32_t at) {
               return tree.record.is_leaf(static_cast<std::size_t>(at));
             }},
    KindName{"root", [](const Tree& tree,
                        std::int32_t at) { return tree.node(at).kind == NodeKind::root; }},
    KindName{"sde",
             [](const Tree& tree, std::int32_t at) { return tree.node(at).kind == NodeKind::sde; }},
    KindName{"ode",
             [](const Tree& tree, std::int32_t at) { return tree.node(at).kind == NodeKind::ode; }},
    KindName{"broken", [](const Tree& tree, std::int32_t at) {
               return tree.figures.broken[static_cast<std::size_t>(at)] != 0;
             }}};

std::string lowered(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

template <class Value>
std::optional<Value> parsed(std::string_view text) {
  Value number{};
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size()) return {};
  return number;
}

bool compared(std::string_view sign, double left, double right) {
  if (std::isnan(left)) return false;
  if (sign == "<") return left < right;
  if (sign == "<=") return left <= right;
  if (sign == ">") return left > right;
  if (sign == ">=") return left >= right;
  return (sign == "!=") != (left == right);
}

// "a > 0.5"; none: it has no sign of comparison.
std::optional<Condition> comparison(std::string_view term, std::string& problem) {
  const std::size_t at = term.find_first_of("<>=!");
  if (at == std::string_view::npos || at == 0) return {};
  const std::size_t end = std::min(term.find_first_not_of("<>=!", at), term.size());
  const std::string sign(term.substr(at, end - at));
  const std::string_view name = trimmed(term.substr(0, at));
  const auto number = parsed<double>(trimmed(term.substr(end)));
  const auto known =
      std::ranges::find_if(number_names, [&](const NumberName& one) { return one.name == name; });
  constexpr std::array signs = {"<", "<=", ">", ">=", "=", "==", "!="};
  if (known == number_names.end())
    problem = "there is no number '" + std::string(name) + "'; a, r, v, lp, ratio, kl, t are";
  else if (std::ranges::find(signs, sign) == signs.end())
    problem = "'" + sign + "' compares nothing";
  else if (!number)
    problem = "a number belongs behind '" + sign + "'";
  if (!problem.empty()) return [](const Tree&, std::int32_t) { return false; };
  return [sign, right = *number, left = known->number](const Tree& tree, std::int32_t node) {
    return compared(sign, left(tree, node), right);
  };
}

// "12", "t5.7", "2.0.1".
std::optional<Condition> name(const std::string& term) {
  if (const auto number = parsed<std::int32_t>(term))
    return [number](const Tree&, std::int32_t node) { return node == *number; };
  const bool digits = term.find_first_not_of("0123456789.t") == std::string::npos;
  if (!digits || term.find('.') == std::string::npos) return {};
  if (term.front() == 't')
    return [term](const Tree& tree, std::int32_t node) {
      return nodeName(tree.record, tree.figures, node) == term;
    };
  return [term](const Tree& tree, std::int32_t node) {
    std::string key;
    for (const std::int32_t child : path(tree.record, node))
      key += (key.empty() ? "" : ".") + std::to_string(child);
    return key == term;
  };
}

// None: it is no condition, but words.
std::optional<Condition> condition(std::string_view term, std::string& problem) {
  const std::string text = lowered(trimmed(term));
  for (const KindName& kind : kind_names)
    if (text == kind.name) return kind.holds;
  if (auto found = comparison(text, problem)) return found;
  return name(text);
}

std::vector<std::string_view> terms(std::string_view query) {
  constexpr std::string_view joint = " and ";
  std::vector<std::string_view> parts;
  for (std::size_t end; (end = lowered(query).find(joint)) != std::string::npos;) {
    parts.push_back(query.substr(0, end));
    query.remove_prefix(end + joint.size());
  }
  parts.push_back(query);
  return parts;
}

}  // namespace

TreeMatches findNodes(const TreeRecord& record, const TreeFigures& figures,
                      std::string_view query) {
  TreeMatches matches;
  query = trimmed(query);
  if (query.empty()) return matches;
  std::vector<Condition> conditions;
  for (const std::string_view term : terms(query))
    if (auto found = condition(term, matches.problem)) conditions.push_back(std::move(*found));
  if (conditions.size() != terms(query).size()) {  // "a circle and a cross" is a prompt
    matches.of_prompt = true;
    matches.problem.clear();
    const bool has = lowered(record.text).find(lowered(query)) != std::string::npos;
    conditions = {[has](const Tree& tree, std::int32_t node) {
      return has && tree.node(node).kind == NodeKind::root;
    }};
  }
  const Tree tree{record, figures};
  for (std::int32_t node = 0; node < static_cast<std::int32_t>(record.nodes.size()); ++node)
    if (std::ranges::all_of(conditions, [&](const Condition& one) { return one(tree, node); }))
      matches.nodes.push_back(node);
  return matches;
}

}  // namespace treegrpo
