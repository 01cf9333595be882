#include "record/config_place.h"

#include <toml++/toml.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <string_view>
#include <vector>

#include "record/config_fields.h"
#include "record/config_toml.h"

namespace treegrpo {
namespace {

// Where a sentence names a key, as a word of its own.
std::size_t find_key(std::string_view sentence, std::string_view key) {
  const auto is_part = [&](std::size_t at) {
    return at < sentence.size() &&
           (std::isalnum(static_cast<unsigned char>(sentence[at])) != 0 || sentence[at] == '_');
  };
  for (std::size_t at = sentence.find(key); at != std::string_view::npos;
       at = sentence.find(key, at + 1))
    if ((at == 0 || !is_part(at - 1)) && !is_part(at + key.size())) return at;
  return std::string_view::npos;
}

// The keys that a sentence names, in its order; a list is named as [[reward]].
std::vector<std::string> keys_in(std::string_view sentence) {
  std::vector<std::pair<std::size_t, std::string>> found;
  for (const std::string& key : field_keys(run_fields()))
    if (const std::size_t at = find_key(sentence, key); at != std::string_view::npos)
      found.emplace_back(at, key);
  for (const ConfigList& list : run_fields().lists)
    if (const std::size_t at = sentence.find("[[" + list.key + "]]"); at != std::string_view::npos)
      found.emplace_back(at, list.key);
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

// The line of a key's value; for a key of a list's items the first item that has it.
std::optional<std::size_t> line_of(const toml::table& table, std::string_view key) {
  const std::size_t dot = key.find('.');
  const toml::node* node = table.get(key.substr(0, dot));
  if (node == nullptr) return std::nullopt;
  if (dot == std::string_view::npos) return node->source().begin.line;
  const std::string_view rest = key.substr(dot + 1);
  if (const toml::table* inner = node->as_table()) return line_of(*inner, rest);
  if (const toml::array* items = node->as_array())
    for (const toml::node& item : *items)
      if (item.is_table())
        if (const auto line = line_of(*item.as_table(), rest)) return line;
  return std::nullopt;
}

}  // namespace

Error placed(const Error& error, const std::string& path, std::span<const std::string> sets) {
  const std::vector<std::string> keys = keys_in(error.what());
  if (error.kind() != ErrorKind::configuration || keys.empty()) return error;
  const toml::table file = path.empty() ? toml::table() : toml::parse(read_config_file(path));
  for (const std::string& key : keys) {
    if (const auto set = set_of(key, sets)) return error.within(*set);
    if (const auto line = line_of(file, key))
      return error.within(path + " line " + std::to_string(*line));
  }
  return path.empty() ? error : error.within(path);
}

}  // namespace treegrpo
