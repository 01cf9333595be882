// A config as keys and typed values, what differs between several of them, and which runs are the
// same experiment but for their seed.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "record/field_table.h"
#include "record/run_config.h"
#include "record/tree_schedule.h"

namespace treegrpo {

// Keys as --set takes them, in alphabetical order. Rewards are named by name, "reward.scene.weight"
// (of a name that repeats the second is "reward.scene#2.weight"); steps of a schedule by number.
using ConfigEntries = std::map<std::string, FieldValue, std::less<>>;

ConfigEntries config_entries(const RunConfig& config);

// "run.seed" of "seed": a key by its last part where that names one alone. Throws Error (usage)
// with the nearest key, or with all that are meant.
std::string full_config_key(std::string_view key);

// One key and what each config holds there; none: it has no such key, which is not its default.
struct ConfigDifference {
  std::string key;
  std::vector<std::optional<FieldValue>> values;  // one a config
  bool differs = false;                           // not all the same, in type as in value
};

struct DiffOptions {
  bool differences_only = true;
  std::vector<std::string> ignored;  // keys, or beginnings of them: "run" is all of the section
};

std::vector<ConfigDifference> config_diff(std::span<const ConfigEntries> configs,
                                          const DiffOptions& options = {});

// The steps of each config's schedule side by side: what a method's keys come to.
struct ScheduleDifference {
  std::vector<TreeSchedule> schedules;  // one a config, of its iteration 0
  std::vector<int> steps;               // numbers of those that differ, or that one has not
  bool roots_differ = false;
};

// Throws Error (configuration) if one has no schedule.
ScheduleDifference schedule_diff(std::span<const RunConfig> configs);

}  // namespace treegrpo
