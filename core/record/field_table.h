// How a config struct says what it holds: one row a field, from which TOML, --set, the editor, the
// store and the docs are made. A config is a struct of sections with defaults; a FieldsOf<Config>
// lists its fields in the order of its file. Rows of a run: config_fields.h; files: config_toml.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace treegrpo {

enum class FieldKind { integer, unsigned_integer, real, boolean, text, choice, integer_list };

// What an editor or `config --fields` calls a kind: "integer", "real", "boolean", …
std::string_view kind_name(FieldKind kind);

// The numbers a field accepts (of a list: each of its elements). nan and inf are never accepted.
struct FieldRange {
  double minimum = -std::numeric_limits<double>::infinity();
  double maximum = std::numeric_limits<double>::infinity();
  bool above_minimum = false;  // the minimum itself is refused
  bool below_maximum = false;  // the maximum itself is refused

  bool contains(double value) const;
};

constexpr FieldRange at_least(double minimum) { return {.minimum = minimum}; }
constexpr FieldRange above(double minimum) { return {.minimum = minimum, .above_minimum = true}; }
constexpr FieldRange between(double minimum, double maximum) {
  return {.minimum = minimum, .maximum = maximum};
}

// The member of a config that a row stands for.
using FieldMember = std::variant<int*, std::int64_t*, std::uint64_t*, double*, bool*, std::string*,
                                 std::vector<int>*>;

// A value on its way into or out of a config, before or after its kind and range were checked.
using FieldValue =
    std::variant<std::int64_t, std::uint64_t, double, bool, std::string, std::vector<std::int64_t>>;

// One field of a config. Made by row<…>() of field_row.h.
struct ConfigField {
  std::string key;   // dotted, as in TOML: "optimizer.learning_rate"; of an item: "reward.weight"
  std::string list;  // key of the list whose items have this field, else empty
  FieldKind kind = FieldKind::text;
  FieldRange range;
  bool is_wide = false;              // an integer of 64 bits rather than an int
  std::vector<std::string> choices;  // of kind choice
  std::string unit;                  // what a number counts: "iterations", "MB"; may be empty
  std::string help;                  // one line
  // config points to the struct the row was made for; item counts only in rows of a list.
  FieldMember (*member)(void* config, std::size_t item) = nullptr;
};

// An array of tables, [[reward]]. Made by list_row<…>() of field_row.h.
struct ConfigList {
  std::string key;
  std::size_t least_items = 0;
  std::size_t most_items = 0;
  std::string help;
  std::size_t (*size)(const void* config) = nullptr;
  void (*resize)(void* config, std::size_t items) = nullptr;  // new items have their defaults
  // A config of defaults whose list has one item: what an item looks like.
  std::shared_ptr<const void> (*example)() = nullptr;
};

struct FieldTable {
  std::span<const ConfigField> fields;  // in the order of the file; a list's rows stand together
  std::span<const ConfigList> lists;
};

// The table of a config type, so that a table and a config of another type do not meet.
template <class Config>
struct FieldsOf : FieldTable {};

// "an integer of at least 1", "a number above 0 and below 1", "one of mean, sum", "true or false":
// completes "KEY must be …".
std::string field_range_text(const ConfigField& field);

// The bounds alone: "from 1 to 10", "above 0", "a | b | c"; empty where there are none.
std::string field_bounds_text(const ConfigField& field);

FieldValue field_value(const ConfigField& field, const void* config, std::size_t item = 0);

// "KEY must be RANGE, found VALUE" if the value does not fit the field in kind or range, else
// nothing. An integer is taken for a real; nothing else is converted, but that quoted digits are
// taken for an unsigned integer beyond TOML's own (2^63 and more). key: what to call the field.
std::optional<std::string> value_problem(const ConfigField& field, const FieldValue& value,
                                         const std::string& key);

// The same sentence for something that is no value at all: found = "a table".
std::string refusal(const ConfigField& field, const std::string& key, const std::string& found);

// Throws Error (configuration) with the sentence of value_problem.
void set_field_value(const ConfigField& field, void* config, std::size_t item,
                     const FieldValue& value);

// A value as --set takes it: text bare, reals with all their digits, lists as [0, 3].
std::string value_text(const FieldValue& value);

// The VALUE of --set KEY=VALUE; what cannot be read as the field's kind stays text, for
// value_problem to refuse.
FieldValue value_from_text(const ConfigField& field, std::string_view text);

// A row and the item it is meant for, found by a dotted key.
struct FieldPlace {
  const ConfigField* field = nullptr;
  const ConfigList* list = nullptr;  // of a row of a list
  std::size_t item = 0;              // may be one past the list's last
};

// Items are named by number or by their `name`: "reward.0.weight", "reward.scene.weight".
// Throws Error (configuration) with the nearest known key if there is no such field or item.
FieldPlace find_field(const FieldTable& table, const void* config, std::string_view key);

// The value at a dotted key, as value_text; of a whole list "[]" or "[3 items]". Throws as
// find_field does.
std::string field_text(const FieldTable& table, const void* config, std::string_view key);

// Applies "optimizer.learning_rate=3e-4". The item after a list's last one is made:
// "reward.1.name=jpeg_size"; "schedule.step=[]" takes all away. Throws Error (configuration) that
// begins with --set and the argument.
void apply_set(const FieldTable& table, void* config, const std::string& argument);

// The known key that was most likely meant, by edit distance; a right last part counts as near.
std::string nearest_key(std::string_view key, std::span<const std::string> known);

// The rows' keys, as nearest_key wants them.
std::vector<std::string> field_keys(const FieldTable& table);

}  // namespace treegrpo
