// What a run's config is at one of its iterations, where options were changed on the way.
#pragma once

#include <cstdint>
#include <span>

#include "record/event.h"
#include "record/run_config.h"

namespace treegrpo {

// The config as the run was made, with the changes up to that iteration applied in order; -1: none.
// Throws Error (configuration) if a change names no key or no value of it.
RunConfig config_of_iteration(RunConfig config, std::span<const ParameterChanged> changes,
                              std::int32_t iteration);

}  // namespace treegrpo
