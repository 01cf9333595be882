#include "record/config_place.h"

#include <toml++/toml.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>
#include <vector>

#include "record/config_fields.h"
#include "record/config_toml.h"

namespace treegrpo {
namespace {

bool is_word(char letter) {
  return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_';
}

// Where a sentence names a key, as a word of its own.
std::size_t find_key(std::string_view sentence, std::string_view key) {
  const auto is_part = [&](std::size_t at) {
    return at < sentence.size() && is_word(sentence[at]);
  };
  for (std::size_t at = sentence.find(key); at != std::string_view::npos;
       at = sentence.find(key, at + 1))
    if ((at == 0 || !is_part(at - 1)) && !is_part(at + key.size())) return at;
  return std::string_view::npos;
}

// The key of a numbered item that stands at a place of a sentence: "schedule.step.2.train"; empty
// if none does. key: that of the list.
std::string item_key(std::string_view sentence, std::size_t at, const std::string& key) {
  const std::size_t number = at + key.size() + 1;
  const std::size_t dot = sentence.find_first_not_of("0123456789", number);
  if (dot == number || dot == std::string_view::npos || sentence[dot] != '.') return {};
  std::size_t end = dot + 1;
  while (end < sentence.size() && is_word(sentence[end])) ++end;
  return std::string(sentence.substr(at, end - at));
}

// The keys that a sentence names, in its order; a list is named as [[reward]].
std::vector<std::string> keys_in(std::string_view sentence) {
  std::vector<std::pair<std::size_t, std::string>> found;
  for (const std::string& key : field_keys(run_fields()))
    if (const std::size_t at = find_key(sentence, key); at != std::string_view::npos)
      found.emplace_back(at, key);
  for (const ConfigList& list : run_fields().lists) {
    const std::string start = list.key + ".";
    for (std::size_t at = sentence.find(start); at != std::string_view::npos;
         at = sentence.find(start, at + 1))
      if (std::string key = item_key(sentence, at, list.key); !key.empty())
        found.emplace_back(at, std::move(key));
    if (const std::size_t at = sentence.find("[[" + list.key + "]]"); at != std::string_view::npos)
      found.emplace_back(at, list.key);
  }
  std::sort(found.begin(), found.end());
  std::vector<std::string> keys;
  for (auto& [at, key] : found) keys.push_back(std::move(key));
  return keys;
}

// The last --set of a key wins.
std::optional<std::string> set_of(const std::string& key, std::span<const std::string> sets) {
  for (auto set = sets.rbegin(); set != sets.rend(); ++set)
    if (set->starts_with(key + "=")) return "--set " + *set;
  return std::nullopt;
}

std::optional<std::size_t> line_of(const toml::table& table, std::string_view key);

// The line of a key of a list's items: that of the item that is named by number, else of the first
// one that has it.
std::optional<std::size_t> line_in(const toml::array& items, std::string_view key) {
  const std::size_t dot = key.find('.');
  std::size_t number = 0;
  const auto parsed = std::from_chars(key.data(), key.data() + std::min(dot, key.size()), number);
  const bool numbered = parsed.ec == std::errc() && dot != std::string_view::npos;
  for (std::size_t at = 0; at < items.size(); ++at) {
    const toml::table* item = items[at].as_table();
    if (item == nullptr || (numbered && at != number)) continue;
    if (const auto line = line_of(*item, numbered ? key.substr(dot + 1) : key)) return line;
  }
  return std::nullopt;
}

// The line of a key's value.
std::optional<std::size_t> line_of(const toml::table& table, std::string_view key) {
  const std::size_t dot = key.find('.');
  const toml::node* node = table.get(key.substr(0, dot));
  if (node == nullptr) return std::nullopt;
  if (dot == std::string_view::npos) return node->source().begin.line;
  const std::string_view rest = key.substr(dot + 1);
  if (const toml::table* inner = node->as_table()) return line_of(*inner, rest);
  if (const toml::array* items = node->as_array()) return line_in(*items, rest);
  return std::nullopt;
}

}  // namespace

std::vector<std::string> named_keys(const Error& error) {
  if (error.kind() != ErrorKind::configuration) return {};
  return keys_in(error.what());
}

std::optional<std::size_t> key_line(std::string_view text, std::string_view key) {
  try {
    return line_of(toml::parse(text), key);
  } catch (const toml::parse_error&) {
    return std::nullopt;
  }
}

Error placed(const Error& error, const std::string& path, std::span<const std::string> sets) {
  const std::vector<std::string> keys = named_keys(error);
  if (keys.empty()) return error;
  const toml::table file = path.empty() ? toml::table() : toml::parse(read_config_file(path));
  for (const std::string& key : keys) {
    if (const auto set = set_of(key, sets)) return error.within(*set);
    if (const auto line = line_of(file, key))
      return error.within(path + " line " + std::to_string(*line));
  }
  return path.empty() ? error : error.within(path);
}

}  // namespace treegrpo
