// filter_completions of filter.h.
#include <algorithm>

#include "compare/filter.h"
#include "compare/filter_lexer.h"

namespace treegrpo {
namespace {

using Words = std::vector<std::string>;

bool is_word_part(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::string_view("_.#-\"").find(c) != std::string_view::npos || byte >= 0x80U ||
         (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

const FilterName* find_name(std::span<const FilterName> names, std::string_view name) {
  for (const FilterName& known : names)
    if (known.name == name) return &known;
  return nullptr;
}

Words operands(std::span<const FilterName> names) {
  Words words;
  for (const FilterName& name : names) words.push_back(name.name);
  words.insert(words.end(), {"tag(", "has(", "not", "("});
  return words;
}

Words comparisons(const FilterName* name) {
  if (!name) return {};
  switch (name->kind) {
    case FilterKind::number:
      return {"==", "!=", "<", "<=", ">", ">="};
    case FilterKind::text:
      return {"==", "!=", "contains"};
    case FilterKind::boolean:
      break;
  }
  return {"and", "or", "==", "!="};
}

Words values(const FilterName* name) {
  if (!name || name->kind == FilterKind::number) return {};
  if (name->kind == FilterKind::boolean) return {"true", "false"};
  Words words;
  for (const std::string& value : name->values) words.push_back("\"" + value + "\"");
  return words;
}

// What may follow these tokens, the last of which is the end.
Words following(const std::vector<Token>& tokens, std::span<const FilterName> names) {
  if (tokens.size() < 2) return operands(names);
  const Token& last = tokens[tokens.size() - 2];
  const Token* before = tokens.size() > 2 ? &tokens[tokens.size() - 3] : nullptr;
  switch (last.kind) {
    case TokenKind::comparison:
      return values(before ? find_name(names, before->text) : nullptr);
    case TokenKind::open:
      if (before && before->text == "tag") return {};
      return operands(names);
    case TokenKind::name:
      if (last.text == "true" || last.text == "false") return {"and", "or"};
      return is_filter_word(last.text) ? operands(names) : comparisons(find_name(names, last.text));
    default:
      return {"and", "or"};
  }
}

}  // namespace

FilterCompletions filter_completions(std::string_view text, std::size_t cursor,
                                     std::span<const FilterName> names) {
  cursor = std::min(cursor, text.size());
  FilterCompletions found{.from = cursor, .words = {}};
  while (found.from > 0 && is_word_part(text[found.from - 1])) --found.from;
  const std::string_view word = text.substr(found.from, cursor - found.from);
  Words possible;
  try {
    possible = following(filter_tokens(text.substr(0, found.from)), names);
  } catch (const FilterError&) {
    return found;  // nothing can follow what is no filter
  }
  for (const std::string& candidate : possible)
    if (candidate.starts_with(word)) found.words.push_back(candidate);
  for (const std::string& candidate : possible)
    if (!candidate.starts_with(word) && candidate.find(word) != std::string::npos)
      found.words.push_back(candidate);
  return found;
}

}  // namespace treegrpo
