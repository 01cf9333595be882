#include "record/config_toml.h"

#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <variant>

#include "base/error.h"
#include "record/utf8.h"

namespace treegrpo {
namespace {

constexpr std::size_t largest_file = 1'000'000;  // bytes: a config is written by hand
constexpr std::size_t longest_shown = 80;        // bytes of a key that an error repeats
constexpr std::ptrdiff_t most_dots = 64;         // in a line
constexpr std::size_t longest_line = 100;        // beyond it a comment stands above its key

using Problem = TextProblem;

Error located(const std::string& source, std::size_t line, const std::string& sentence) {
  const std::string where = line > 0 ? source + " line " + std::to_string(line) : source;
  return configuration_error(where + ": " + sentence);
}

// What a node is, in an error.
std::string described(const toml::node& node) {
  if (const auto value = node.value_exact<std::string>()) {
    return in_quotes(shortened(*value, longest_shown));
  }
  if (const auto value = node.value_exact<std::int64_t>()) return value_text(*value);
  if (const auto value = node.value_exact<double>()) return value_text(*value);
  if (const auto value = node.value_exact<bool>()) return value_text(*value);
  if (node.is_array_of_tables()) return "an array of tables";
  if (node.is_array()) return "a list";
  return node.is_table() ? "a table" : "a date or time";
}

// The node as a value; nothing if it is a table, a date or a list of anything but integers.
std::optional<FieldValue> value_of(const toml::node& node) {
  if (const auto value = node.value_exact<std::string>()) return *value;
  if (const auto value = node.value_exact<std::int64_t>()) return *value;
  if (const auto value = node.value_exact<double>()) return *value;
  if (const auto value = node.value_exact<bool>()) return *value;
  const toml::array* array = node.as_array();
  if (!array) return std::nullopt;
  std::vector<std::int64_t> numbers;
  for (const toml::node& element : *array) {
    const auto number = element.value_exact<std::int64_t>();
    if (!number) return std::nullopt;
    numbers.push_back(*number);
  }
  return numbers;
}

// Walks a parsed file beside the field table. All problems are gathered, since toml++ orders keys
// by name and a user reads from the top.
class TomlReader {
 public:
  TomlReader(const FieldTable& table, void* config) : table_(table), config_(config) {
    for (const ConfigField& field : table.fields) {
      for (std::size_t dot = field.key.find('.'); dot != std::string::npos;
           dot = field.key.find('.', dot + 1)) {
        tables_.insert(field.key.substr(0, dot));
      }
    }
  }

  void read(const toml::table& table) { read_table(table, ""); }

  const std::vector<Problem>& problems() const { return problems_; }

 private:
  void read_table(const toml::table& table, const std::string& prefix) {
    for (auto&& [name, node] : table) {
      const std::string key = prefix + std::string(name.str());
      const bool is_one_part = name.str().find('.') == std::string_view::npos;
      if (const ConfigList* list = find_list(key); list && is_one_part) {
        read_list(node, *list);
      } else if (const ConfigField* field = find_row(key, ""); field && is_one_part) {
        read_value(node, *field, 0, key);
      } else if (!is_one_part || !tables_.contains(key)) {
        unknown(key, node, name.source().begin.line);
      } else if (node.is_table()) {
        read_table(*node.as_table(), key + ".");
      } else {
        add(node, key + " must be a table, [" + key + "], found " + described(node));
      }
    }
  }

  void read_list(const toml::node& node, const ConfigList& list) {
    const toml::array* array = node.as_array();
    const bool holds_tables = array && (array->empty() || array->is_array_of_tables());
    if (!holds_tables) {
      add(node,
          list.key + " must be an array of tables, [[" + list.key + "]], found " + described(node));
      return;
    }
    if (array->size() < list.least_items || array->size() > list.most_items) {
      add(node, list.key + " must have " + std::to_string(list.least_items) + " to " +
                    std::to_string(list.most_items) + " items, found " +
                    std::to_string(array->size()));
      return;
    }
    list.resize(config_, 0);
    list.resize(config_, array->size());
    for (std::size_t i = 0; i < array->size(); ++i)
      read_item(*array->get_as<toml::table>(i), list, i);
  }

  void read_item(const toml::table& table, const ConfigList& list, std::size_t item) {
    for (auto&& [name, node] : table) {
      const std::string key = list.key + "." + std::string(name.str());
      if (const ConfigField* field = find_row(key, list.key)) {
        read_value(node, *field, item,
                   list.key + "." + std::to_string(item) + "." + std::string(name.str()));
      } else {
        unknown(key, node, name.source().begin.line);
      }
    }
  }

  void read_value(const toml::node& node, const ConfigField& field, std::size_t item,
                  const std::string& key) {
    const std::optional<FieldValue> value = value_of(node);
    if (!value) {
      add(node, refusal(field, key, described(node)));
    } else if (const auto problem = value_problem(field, *value, key)) {
      add(node, *problem);
    } else {
      set_field_value(field, config_, item, *value);
    }
  }

  void unknown(const std::string& key, const toml::node& node, std::size_t line) {
    const bool is_table = node.is_table() || node.is_array_of_tables();
    std::vector<std::string> known = field_keys(table_);
    if (is_table) known.assign(tables_.begin(), tables_.end());
    const std::string what = is_table ? "table " : "key ";
    problems_.push_back({line, "unknown " + what + shown(key) + "; the nearest known " + what +
                                   "is " + nearest_key(key, known)});
  }

  void add(const toml::node& node, const std::string& sentence) {
    problems_.push_back({node.source().begin.line, sentence});
  }

  // A key of a file may hold anything if it is quoted.
  static std::string shown(const std::string& key) {
    const std::string escaped = in_quotes(shortened(key, longest_shown));
    return escaped == "\"" + key + "\"" && !key.empty() ? key : escaped;
  }

  const ConfigField* find_row(const std::string& key, const std::string& list) const {
    for (const ConfigField& field : table_.fields) {
      if (field.key == key && field.list == list) return &field;
    }
    return nullptr;
  }

  const ConfigList* find_list(const std::string& key) const {
    for (const ConfigList& list : table_.lists) {
      if (list.key == key) return &list;
    }
    return nullptr;
  }

  const FieldTable& table_;
  void* config_;
  std::set<std::string> tables_;
  std::vector<Problem> problems_;
};

std::string_view line_of(std::string_view text, std::size_t number) {
  for (; number > 1 && text.find('\n') != std::string_view::npos; --number) {
    text.remove_prefix(text.find('\n') + 1);
  }
  return text.substr(0, std::min(text.find('\n'), text.find('\r')));
}

// toml++'s sentence without what it was doing ("Error while parsing string: …"), and the line that
// it is about; a key that stands twice is said in our words.
std::string syntax_problem(std::string_view description, std::string_view line) {
  constexpr std::string_view preamble = "Error while parsing";
  constexpr std::string_view redefined = "cannot redefine existing ";
  if (description.starts_with(preamble) && description.find(": ") != std::string_view::npos) {
    description.remove_prefix(description.find(": ") + 2);
  }
  if (description.starts_with(redefined) && description.find('\'') != std::string_view::npos) {
    std::string_view name = description.substr(description.find('\'') + 1);
    name = name.substr(0, name.find('\''));
    return std::string(name) + " is given twice; keep one of them";
  }
  std::string problem = "not valid TOML: ";
  problem.append(description).append(", in the line ");
  return problem + in_quotes(shortened(line, longest_shown));
}

// toml++ destroys nested tables recursively, so a key of thousands of parts would end the program.
std::optional<Problem> endless_key(std::string_view text) {
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    ++number;
    if (!line.starts_with('#') && std::count(line.begin(), line.end(), '.') > most_dots) {
      return Problem{
          number, "more than " + std::to_string(most_dots) + " dots in a line, which no key has"};
    }
  }
  return std::nullopt;
}

// The text as a table, or what is wrong with it before any key is looked at.
std::variant<toml::table, Problem> parsed(std::string_view text) {
  if (const auto offset = first_invalid_utf8(text)) {
    const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<long>(*offset), '\n');
    return Problem{static_cast<std::size_t>(line), "not UTF-8 text; save the file as UTF-8"};
  }
  if (auto problem = endless_key(text)) return *std::move(problem);
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    const std::size_t line = error.source().begin.line;
    return Problem{line, syntax_problem(error.description(), line_of(text, line))};
  }
}

std::string last_part(const std::string& key) { return key.substr(key.rfind('.') + 1); }

std::string toml_value(const ConfigField& field, const FieldValue& value) {
  const auto* natural = std::get_if<std::uint64_t>(&value);
  const bool beyond_toml =
      natural && *natural > std::uint64_t{std::numeric_limits<std::int64_t>::max()};
  const bool is_text = field.kind == FieldKind::text || field.kind == FieldKind::choice;
  return is_text || beyond_toml ? in_quotes(value_text(value)) : value_text(value);
}

// "help [steps, from 1 to 1000]"
std::string comment_of(const ConfigField& field) {
  const std::string bounds = field_bounds_text(field);
  if (field.unit.empty() && bounds.empty()) return field.help;
  const std::string separator = field.unit.empty() || bounds.empty() ? "" : ", ";
  return field.help + " [" + field.unit + separator + bounds + "]";
}

void write_field(std::ostream& out, const ConfigField& field, const void* config,
                 std::size_t item) {
  const std::string line = toml_line(field, field_value(field, config, item));
  const std::string comment = "# " + comment_of(field);
  if (item > 0) {
    out << line << '\n';
  } else if (line.size() + 2 + comment.size() <= longest_line) {
    out << line << "  " << comment << '\n';
  } else {
    out << comment << '\n' << line << '\n';
  }
}

void write_items(std::ostream& out, const FieldTable& table, const ConfigList& list,
                 const void* config) {
  for (std::size_t item = 0; item < list.size(config); ++item) {
    out << "\n[[" << list.key << "]]";
    out << (item == 0 ? "  # " + list.help : "") << '\n';
    for (const ConfigField& field : table.fields) {
      if (field.list == list.key) write_field(out, field, config, item);
    }
  }
}

// A list without items still shows what one would be, as a comment.
void write_list(std::ostream& out, const FieldTable& table, const ConfigList& list,
                const void* config) {
  if (list.size(config) > 0) {
    write_items(out, table, list, config);
    return;
  }
  std::ostringstream example;
  write_items(example, table, list, list.example().get());
  std::istringstream lines(example.str());
  for (std::string line; std::getline(lines, line);)
    out << (line.empty() ? "" : "# " + line) << '\n';
}

}  // namespace

std::string read_config_file(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    throw configuration_error(path + " is a directory; give a .toml file");
  }
  if (!std::filesystem::exists(path, ignored)) {
    throw configuration_error(path + " does not exist; give the path of a .toml file");
  }
  std::ifstream file(path, std::ios::binary);
  std::string text(largest_file + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file.eof() && !file) throw configuration_error(path + " cannot be read");
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() > largest_file) {
    throw configuration_error(path + " is larger than 1 MB, so it is no config");
  }
  return text;
}

std::optional<TextProblem> read_toml(const FieldTable& table, void* config, std::string_view text) {
  const std::variant<toml::table, Problem> read = parsed(text);
  if (const Problem* problem = std::get_if<Problem>(&read)) return *problem;
  TomlReader reader(table, config);
  reader.read(std::get<toml::table>(read));
  const auto& problems = reader.problems();
  if (problems.empty()) return std::nullopt;
  return *std::min_element(problems.begin(), problems.end(),
                           [](const Problem& a, const Problem& b) { return a.line < b.line; });
}

void apply_toml(const FieldTable& table, void* config, std::string_view text,
                const std::string& source) {
  if (const auto problem = read_toml(table, config, text))
    throw located(source, problem->line, problem->sentence);
}

std::string toml_line(const ConfigField& field, const FieldValue& value) {
  return last_part(field.key) + " = " + toml_value(field, value);
}

std::string write_toml(const FieldTable& table, const void* config) {
  std::ostringstream out;
  std::string section;
  std::string last_list;
  for (const ConfigField& field : table.fields) {
    if (!field.list.empty()) {
      if (field.list == last_list) continue;
      last_list = field.list;
      for (const ConfigList& list : table.lists) {
        if (list.key == field.list) write_list(out, table, list, config);
      }
      continue;
    }
    const std::size_t dot = field.key.rfind('.');
    const std::string owner = dot == std::string::npos ? "" : field.key.substr(0, dot);
    if (owner != section) out << (out.tellp() > 0 ? "\n" : "") << '[' << owner << "]\n";
    section = owner;
    write_field(out, field, config, 0);
  }
  return out.str();
}

RunConfig parse_config(std::string_view text, const std::string& source,
                       std::span<const std::string> sets) {
  return parse_toml(run_fields(), text, source, sets);
}

RunConfig load_config(const std::string& path, std::span<const std::string> sets) {
  return load_toml(run_fields(), path, sets);
}

std::string config_toml(const RunConfig& config) { return toml_text(run_fields(), config); }

}  // namespace treegrpo
