// Config files: TOML into a config and back, for any config with a field table. Whatever is wrong
// in a file is an Error (configuration) with file, line, key, what was expected, what was found
// and, for an unknown key, the nearest known one. Types and ranges are checked here, key by key;
// contradictions between keys are the method's to find.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "record/config_fields.h"
#include "record/field_table.h"
#include "record/run_config.h"

namespace treegrpo {

// Reads a file of at most 1 MB. Throws Error (configuration) if it is missing, a directory,
// unreadable or larger.
std::string read_config_file(const std::string& path);

// What is wrong with a text, and in which of its lines (from 1; 0 where no line is to blame).
struct TextProblem {
  std::size_t line = 0;
  std::string sentence;
};

// Applies a TOML text to a config as apply_toml does, and returns the first thing that is wrong
// instead of throwing; the config then holds what was right, so read into a copy.
std::optional<TextProblem> read_toml(const FieldTable& table, void* config, std::string_view text);

// Applies a TOML text to a config. Keys that are not in it keep their values; a list that is in it
// replaces the config's. source names the text in errors.
void apply_toml(const FieldTable& table, void* config, std::string_view text,
                const std::string& source);

// The config as commented TOML, which reads back as an equal config: every digit is kept. Each key
// stands there with help, unit and range; those of a list without items as a comment.
std::string write_toml(const FieldTable& table, const void* config);

// The line that gives a field a value, as write_toml has it: "seed = 1".
std::string toml_line(const ConfigField& field, const FieldValue& value);

// The config of a text over the type's defaults, then each of sets (apply_set) in order.
template <class Config>
Config parse_toml(const FieldsOf<Config>& table, std::string_view text, const std::string& source,
                  std::span<const std::string> sets = {}) {
  Config config;
  apply_toml(table, &config, text, source);
  for (const std::string& set : sets) apply_set(table, &config, set);
  return config;
}

template <class Config>
Config load_toml(const FieldsOf<Config>& table, const std::string& path,
                 std::span<const std::string> sets = {}) {
  return parse_toml(table, read_config_file(path), path, sets);
}

template <class Config>
std::string toml_text(const FieldsOf<Config>& table, const Config& config) {
  return write_toml(table, &config);
}

// The same for the config of a run.
RunConfig parse_config(std::string_view text, const std::string& source,
                       std::span<const std::string> sets = {});
RunConfig load_config(const std::string& path, std::span<const std::string> sets = {});
std::string config_toml(const RunConfig& config);

}  // namespace treegrpo
