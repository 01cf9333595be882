#include "record/config_edit.h"

#include <toml++/toml.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "record/config_fields.h"
#include "record/config_toml.h"

namespace treegrpo {
namespace {

// A value's place in a text, in bytes.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::size_t line_start(std::string_view text, std::size_t line) {
  std::size_t at = 0;
  for (; line > 1 && at != std::string_view::npos; --line) {
    at = text.find('\n', at);
    if (at != std::string_view::npos) ++at;
  }
  return std::min(at, text.size());
}

// toml++ counts columns in characters, from 1.
std::size_t offset_of(std::string_view text, toml::source_position place) {
  std::size_t at = line_start(text, place.line);
  for (auto left = place.column; left > 1 && at < text.size(); --left) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
  }
  return at;
}

std::size_t after_line(std::string_view text, std::size_t at) {
  return std::min(text.find('\n', at), text.size() - 1) + 1;
}

std::string name_of(const ConfigField& field) { return field.key.substr(field.key.rfind('.') + 1); }

// "run" of run.seed; "" of a key that stands in no section.
std::string section_of(const ConfigField& field) {
  const std::size_t dot = field.key.rfind('.');
  return dot == std::string::npos ? "" : field.key.substr(0, dot);
}

const toml::table* table_at(const toml::table& root, const std::string& section) {
  const toml::node* node = root.at_path(section).node();
  return node == nullptr ? nullptr : node->as_table();
}

// The table that holds a field, of a list that of its item; none if the text has none.
const toml::table* table_of(const toml::table& root, const ConfigField& field, std::size_t item) {
  if (field.list.empty()) return table_at(root, section_of(field));
  const toml::node* node = root.at_path(field.list).node();
  const toml::array* items = node == nullptr ? nullptr : node->as_array();
  if (items == nullptr || item >= items->size()) return nullptr;
  return (*items)[item].as_table();
}

std::size_t items_of(const ConfigField& field, const RunConfig& config) {
  if (field.list.empty()) return 1;
  for (const ConfigList& list : run_fields().lists)
    if (list.key == field.list) return list.size(&config);
  return 0;
}

void append_line(std::string& text, const std::string& line) {
  if (!text.empty() && text.back() != '\n') text += '\n';
  text += line + '\n';
}

// One value in the text: replaced, or put below the head of its section.
std::string with_value(std::string text, const ConfigField& field, std::size_t item,
                       const FieldValue& value) {
  const toml::table root = toml::parse(text);
  const toml::table* table = table_of(root, field, item);
  const std::string line = toml_line(field, value);
  const toml::node* node = table == nullptr ? nullptr : table->get(name_of(field));
  if (node != nullptr) {
    const toml::source_region place = node->source();
    const Span span{offset_of(text, place.begin), offset_of(text, place.end)};
    return text.replace(span.begin, span.end - span.begin, line.substr(line.find('=') + 2));
  }
  if (table != nullptr && table->source().begin.line > 0) {
    const std::size_t head = offset_of(text, table->source().begin);
    return text.insert(after_line(text, head), line + "\n");
  }
  if (field.list.empty()) append_line(text, "\n[" + section_of(field) + "]");
  append_line(text, line);
  return text;
}

// With as many items of a list as the config has, the new ones with nothing in them.
std::string with_items(std::string text, const ConfigList& list, const RunConfig& config) {
  const toml::table root = toml::parse(text);
  const toml::node* node = root.at_path(list.key).node();
  const toml::array* items = node == nullptr ? nullptr : node->as_array();
  const RunConfig defaults;
  const std::size_t given = items == nullptr ? 0 : items->size();
  const std::size_t wanted = list.size(&config);
  if (items == nullptr && wanted == list.size(&defaults)) return text;
  for (std::size_t item = given; item < wanted; ++item) append_line(text, "\n[[" + list.key + "]]");
  if (wanted >= given || given == 0) return text;
  // An item ends where a line opens another table.
  std::size_t begin = offset_of(text, (*items)[wanted].source().begin);
  std::size_t end = offset_of(text, (*items)[given - 1].source().begin);
  do end = after_line(text, end);
  while (end < text.size() && text[end] != '[' && text[end] != '#');
  return text.erase(begin, end - begin);
}

std::optional<RunConfig> read(std::string_view text) {
  RunConfig config;
  if (read_toml(run_fields(), &config, text)) return std::nullopt;
  return config;
}

// The same by small changes; nothing if one of them left no config.
std::optional<std::string> changed_in_place(std::string text, const RunConfig& config) {
  if (!read(text)) return std::nullopt;
  for (const ConfigList& list : run_fields().lists) {
    text = with_items(std::move(text), list, config);
    if (!read(text)) return std::nullopt;
  }
  std::optional<RunConfig> now = read(text);
  for (const ConfigField& field : config_fields()) {
    for (std::size_t item = 0; item < items_of(field, config); ++item) {
      if (!now || item >= items_of(field, *now)) return std::nullopt;
      const FieldValue value = field_value(field, &config, item);
      if (field_value(field, &*now, item) == value) continue;
      text = with_value(std::move(text), field, item, value);
      now = read(text);
    }
  }
  return text;
}

}  // namespace

std::string edited_text(std::string_view text, const RunConfig& config) {
  std::optional<std::string> changed = changed_in_place(std::string(text), config);
  if (changed && read(*changed) == config) return *std::move(changed);
  return config_toml(config);
}

}  // namespace treegrpo
