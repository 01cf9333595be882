// What a run's config is at one of its iterations, where options were changed on the way.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "record/event.h"
#include "record/run_config.h"

namespace treegrpo {

// The config as the run was made, with the changes up to that iteration applied in order; -1: none.
// Throws Error (configuration) if a change names no key or no value of it.
RunConfig config_of_iteration(RunConfig config, std::span<const ParameterChanged> changes,
                              std::int32_t iteration);

// Adds changes where they belong: behind all of the same iteration and before all of a later one,
// which a run that was resumed from further back may know already.
void add_changes(std::vector<ParameterChanged>& changes, std::span<const ParameterChanged> more);

// Whether that option was changed to that value at that iteration, whoever asked for it.
bool is_among(std::span<const ParameterChanged> changes, const ParameterChanged& change);

// Which weights beside the trained ones a config needs: kept from a run's start on, or not at all.
inline bool uses_ema(const RunConfig& config) { return config.ema.decay > 0; }
inline bool uses_reference(const RunConfig& config) { return config.objective.kl_beta > 0; }

// Whether the config, as the run was made or after any of its changes, is so.
bool at_any_time(const RunConfig& config, std::span<const ParameterChanged> changes,
                 const std::function<bool(const RunConfig&)>& is_so);

}  // namespace treegrpo
