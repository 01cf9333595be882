// The rows of a run's config: every key that a treegrpo.toml, --set or the editor may name. The
// values are RunConfig (run_config.h), the mechanism field_table.h, the file config_toml.h.
#pragma once

#include <span>
#include <string>

#include "record/field_table.h"
#include "record/run_config.h"

namespace treegrpo {

// Every field, in the order of the file; those of [[reward]] and [[schedule.step]] have `list` set.
std::span<const ConfigField> config_fields();

// The rows with their lists, as parse_toml and toml_text take them.
FieldsOf<RunConfig> run_fields();

// Applies "optimizer.learning_rate=3e-4", as --set does. Values: numbers, true or false, bare text,
// method.split_steps=[0,3]. An item of a list is named by number or by name: reward.0.weight=2,
// reward.scene.weight=2; reward.1.name=jpeg_size adds one after the last. Types and ranges are
// checked, contradictions between keys are not. Throws Error (configuration).
void set_field(RunConfig& config, const std::string& key_is_value);

// What a field holds where nothing sets it; of a list's item: in a new one.
FieldValue default_value(const ConfigField& field);

// The value of a key as set_field takes it: reals with all their digits, lists as [0, 3].
// Throws Error (configuration) for an unknown key, with the nearest known one.
std::string get_field(const RunConfig& config, const std::string& key);

}  // namespace treegrpo
