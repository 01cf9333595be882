#include "workbench/live_changes.h"

#include "base/error.h"
#include "record/config_changes.h"
#include "record/config_fields.h"
#include "tree/check_config.h"

namespace treegrpo {
namespace {

void check_assignment(const std::string& assignment) {
  if (assignment.find('=') == std::string::npos)
    throw configuration_error("'" + assignment + "' changes nothing; write KEY=VALUE");
}

// Empty where a list has no such item yet.
std::string old_value(const RunConfig& config, const std::string& key) {
  try {
    return get_field(config, key);
  } catch (const Error&) {
    return {};
  }
}

// Weights that a run did not keep from its start cannot be had later.
void check_kept_weights(const ChangedConfig& run, const RunConfig& changed) {
  if (uses_reference(changed) && !at_any_time(run.config, run.changes, uses_reference))
    throw configuration_error(
        "objective.kl_beta cannot be raised from 0 in a run in progress: it did not keep the "
        "weights it began with; make a new run with objective.kl_beta > 0");
  if (uses_ema(changed) && !at_any_time(run.config, run.changes, uses_ema))
    throw configuration_error(
        "ema.decay cannot be raised from 0 in a run in progress: it has averaged no weights from "
        "its beginning; make a new run with ema.decay > 0");
}

}  // namespace

std::string assigned_key(const std::string& assignment) {
  return assignment.substr(0, assignment.find('='));
}

std::vector<ParameterChanged> live_changes(const ChangedConfig& run, std::int32_t iteration,
                                           const ConfigEdit& edit) {
  const RunConfig before = config_of_iteration(run.config, run.changes, iteration);
  RunConfig after = before;
  std::vector<ParameterChanged> changes;
  for (const std::string& assignment : edit.assignments) {
    check_assignment(assignment);
    const std::string key = assigned_key(assignment);
    const std::string old = old_value(after, key);
    set_field(after, assignment);
    const std::string value = get_field(after, key);
    if (value == old) continue;
    changes.push_back({.iteration = iteration,
                       .key = key,
                       .old_value = old,
                       .new_value = value,
                       .author = edit.author});
  }
  std::vector<ParameterChanged> all(run.changes.begin(), run.changes.end());
  add_changes(all, changes);
  check_changes(run.config, all);
  check_kept_weights(run, after);
  return changes;
}

}  // namespace treegrpo
