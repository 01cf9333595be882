#include "record/config_changes.h"

#include <algorithm>

#include "record/config_fields.h"

namespace treegrpo {

RunConfig config_of_iteration(RunConfig config, std::span<const ParameterChanged> changes,
                              std::int32_t iteration) {
  for (const ParameterChanged& change : changes)
    if (change.iteration <= iteration) set_field(config, change.key + "=" + change.new_value);
  return config;
}

void add_changes(std::vector<ParameterChanged>& changes, std::span<const ParameterChanged> more) {
  changes.insert(changes.end(), more.begin(), more.end());
  std::stable_sort(changes.begin(), changes.end(),
                   [](const ParameterChanged& a, const ParameterChanged& b) {
                     return a.iteration < b.iteration;
                   });
}

bool is_among(std::span<const ParameterChanged> changes, const ParameterChanged& change) {
  return std::any_of(changes.begin(), changes.end(), [&](const ParameterChanged& one) {
    return one.iteration == change.iteration && one.key == change.key &&
           one.new_value == change.new_value;
  });
}

bool at_any_time(const RunConfig& config, std::span<const ParameterChanged> changes,
                 const std::function<bool(const RunConfig&)>& is_so) {
  if (is_so(config)) return true;
  return std::any_of(changes.begin(), changes.end(), [&](const ParameterChanged& change) {
    return is_so(config_of_iteration(config, changes, change.iteration));
  });
}

}  // namespace treegrpo
