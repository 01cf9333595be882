#include "record/field_table.h"

#include <algorithm>
#include <charconv>
#include <numeric>

#include "base/error.h"
#include "record/utf8.h"

namespace treegrpo {
namespace {

constexpr std::size_t longest_shown = 80;  // bytes of a key or argument that an error repeats

// Levenshtein's distance, row by row.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

std::string_view last_part(std::string_view key) { return key.substr(key.rfind('.') + 1); }

[[noreturn]] void unknown_key(const FieldTable& table, std::string_view key) {
  throw configuration_error("unknown key " + shortened(key, longest_shown) +
                            "; the nearest known key is " + nearest_key(key, field_keys(table)));
}

// The item that a part of a key names: a number, or the `name` of an item.
std::size_t find_item(const FieldTable& table, const ConfigList& list, const void* config,
                      std::string_view item) {
  const std::size_t size = list.size(config);
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(item.data(), item.data() + item.size(), number);
  if (!item.empty() && error == std::errc() && end == item.data() + item.size()) {
    if (number <= size && number < list.most_items) return number;
    throw configuration_error(list.key + " has " + std::to_string(size) + " items of at most " +
                              std::to_string(list.most_items) + "; there is no item " +
                              std::to_string(number));
  }
  std::string names;
  for (const ConfigField& field : table.fields) {
    if (field.key != list.key + ".name") continue;
    for (std::size_t i = 0; i < size; ++i) {
      const std::string name = value_text(field_value(field, config, i));
      if (name == item) return i;
      names += (names.empty() ? "" : ", ") + name;
    }
  }
  throw configuration_error("no item of " + list.key + " is called " +
                            in_quotes(shortened(item, longest_shown)) + "; name it by number, " +
                            list.key + ".0" + (names.empty() ? "" : ", or by name: " + names));
}

}  // namespace

std::vector<std::string> field_keys(const FieldTable& table) {
  std::vector<std::string> keys;
  for (const ConfigField& field : table.fields) keys.push_back(field.key);
  return keys;
}

std::string nearest_key(std::string_view key, std::span<const std::string> known) {
  key = key.substr(0, 200);  // longer is not a slip of the pen, and the distance is quadratic
  std::string nearest;
  std::size_t least = std::numeric_limits<std::size_t>::max();
  for (const std::string& candidate : known) {
    const std::size_t whole = edit_distance(key, candidate);
    const std::size_t part = edit_distance(last_part(key), last_part(candidate)) + 2;
    if (std::min(whole, part) < least) {
      least = std::min(whole, part);
      nearest = candidate;
    }
  }
  return nearest;
}

FieldPlace find_field(const FieldTable& table, const void* config, std::string_view key) {
  for (const ConfigField& field : table.fields) {
    if (field.key != key) continue;
    if (field.list.empty()) return {.field = &field};
    throw configuration_error(field.key + " needs an item: " + field.list + ".0." +
                              std::string(last_part(key)));
  }
  for (const ConfigList& list : table.lists) {
    if (!key.starts_with(list.key + ".")) continue;
    const std::string_view rest = key.substr(list.key.size() + 1);
    const std::size_t dot = rest.rfind('.');
    if (dot == std::string_view::npos) continue;
    const std::string row_key = list.key + "." + std::string(rest.substr(dot + 1));
    for (const ConfigField& field : table.fields) {
      if (field.list == list.key && field.key == row_key) {
        return {&field, &list, find_item(table, list, config, rest.substr(0, dot))};
      }
    }
    unknown_key(table, row_key);
  }
  unknown_key(table, key);
}

std::string field_text(const FieldTable& table, const void* config, std::string_view key) {
  for (const ConfigList& list : table.lists)
    if (const std::size_t items = list.size(config); list.key == key)
      return items == 0 ? "[]" : "[" + std::to_string(items) + " items]";
  const FieldPlace place = find_field(table, config, key);
  if (place.list && place.item >= place.list->size(config)) {
    throw configuration_error("there is no item " + std::to_string(place.item) + " of " +
                              place.list->key);
  }
  return value_text(field_value(*place.field, config, place.item));
}

// Whether KEY=[] names a list that may be empty; it then is.
static bool empties_list(const FieldTable& table, void* config, std::string_view key,
                         std::string_view value) {
  for (const ConfigList& list : table.lists) {
    if (list.key != key || list.least_items > 0 || value != "[]") continue;
    list.resize(config, 0);
    return true;
  }
  return false;
}

void apply_set(const FieldTable& table, void* config, const std::string& argument) {
  if (first_invalid_utf8(argument)) throw configuration_error("a --set argument is not UTF-8");
  const std::string where = "--set " + shortened(argument, longest_shown);
  const std::size_t equals = argument.find('=');
  if (equals == std::string::npos) {
    throw configuration_error(where + ": expected KEY=VALUE, such as run.seed=1");
  }
  const std::string key = argument.substr(0, equals);
  if (empties_list(table, config, key, std::string_view(argument).substr(equals + 1))) return;
  try {
    const FieldPlace place = find_field(table, config, key);
    const FieldValue value =
        value_from_text(*place.field, std::string_view(argument).substr(equals + 1));
    if (const auto problem = value_problem(*place.field, value, key)) {
      throw configuration_error(*problem);
    }
    if (place.list && place.item == place.list->size(config)) {
      place.list->resize(config, place.item + 1);
    }
    set_field_value(*place.field, config, place.item, value);
  } catch (const Error& error) {
    throw error.within(where);
  }
}

}  // namespace treegrpo
