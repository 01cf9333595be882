#include "compare/config_entries.h"

#include <algorithm>
#include <cstddef>

#include "base/error.h"
#include "record/config_fields.h"
#include "tree/method.h"

namespace treegrpo {
namespace {

bool is_at_or_below(std::string_view key, std::string_view prefix) {
  return key == prefix ||
         (key.size() > prefix.size() && key.starts_with(prefix) && key[prefix.size()] == '.');
}

std::string item_name(const std::string& list, const RunConfig& config, std::size_t item) {
  if (list != "reward") return std::to_string(item);
  const std::string& name = config.reward[item].name;
  const auto before = config.reward.begin() + static_cast<std::ptrdiff_t>(item);
  const auto earlier = std::count_if(config.reward.begin(), before,
                                     [&](const RewardTerm& term) { return term.name == name; });
  return earlier == 0 ? name : name + "#" + std::to_string(earlier + 1);
}

void add_items(const ConfigList& list, const RunConfig& config, ConfigEntries& entries) {
  for (const ConfigField& field : config_fields()) {
    if (field.list != list.key) continue;
    const std::string part = field.key.substr(list.key.size());
    for (std::size_t item = 0; item < list.size(&config); ++item)
      entries[list.key + "." + item_name(list.key, config, item) + part] =
          field_value(field, &config, item);
  }
}

}  // namespace

ConfigEntries config_entries(const RunConfig& config) {
  ConfigEntries entries;
  for (const ConfigField& field : config_fields())
    if (field.list.empty()) entries[field.key] = field_value(field, &config);
  for (const ConfigList& list : run_fields().lists) add_items(list, config, entries);
  return entries;
}

std::string full_config_key(std::string_view key) {
  std::vector<std::string> meant;
  const std::vector<std::string> known = field_keys(run_fields());
  for (const std::string& full : known) {
    if (full == key) return full;
    if (full.ends_with("." + std::string(key))) meant.push_back(full);
  }
  if (meant.size() == 1) return meant.front();
  std::string sentence = "there is no config key '" + std::string(key) + "'; did you mean ";
  if (meant.empty()) meant.push_back(nearest_key(key, known));
  for (std::size_t i = 0; i < meant.size(); ++i) sentence += (i > 0 ? " or " : "") + meant[i];
  throw Error(sentence + "?", ErrorKind::usage);
}

std::vector<ConfigDifference> config_diff(std::span<const ConfigEntries> configs,
                                          const DiffOptions& options) {
  std::map<std::string, ConfigDifference> rows;
  for (std::size_t at = 0; at < configs.size(); ++at)
    for (const auto& [key, value] : configs[at]) {
      ConfigDifference& row = rows[key];
      row.values.resize(configs.size());
      row.values[at] = value;
    }
  std::vector<ConfigDifference> found;
  for (auto& [key, row] : rows) {
    if (std::any_of(options.ignored.begin(), options.ignored.end(),
                    [&](const std::string& ignored) { return is_at_or_below(key, ignored); }))
      continue;
    row.key = key;
    for (const std::optional<FieldValue>& value : row.values)
      row.differs = row.differs || value != row.values.front();
    if (row.differs || !options.differences_only) found.push_back(std::move(row));
  }
  return found;
}

ScheduleDifference schedule_diff(std::span<const RunConfig> configs) {
  ScheduleDifference difference;
  std::size_t longest = 0;
  for (const RunConfig& config : configs) {
    difference.schedules.push_back(schedule_at(config, 0));
    longest = std::max(longest, difference.schedules.back().steps.size());
  }
  if (configs.empty()) return difference;
  const TreeSchedule& first = difference.schedules.front();
  for (const TreeSchedule& other : difference.schedules)
    difference.roots_differ = difference.roots_differ || other.roots != first.roots ||
                              other.shared_root_noise != first.shared_root_noise;
  for (std::size_t step = 0; step < longest; ++step) {
    const auto plan = [&](const TreeSchedule& schedule) {
      return step < schedule.steps.size() ? std::optional(schedule.steps[step]) : std::nullopt;
    };
    if (std::any_of(difference.schedules.begin(), difference.schedules.end(),
                    [&](const TreeSchedule& other) { return plan(other) != plan(first); }))
      difference.steps.push_back(static_cast<int>(step));
  }
  return difference;
}

}  // namespace treegrpo
