// What one row of a pass takes: two small passes and the difference of their peaks, counted by the
// allocator itself, so that neither the machine nor what else lies in memory changes it.
#pragma once

#include "policy/policy.h"
#include "record/memory_figures.h"
#include "record/run_config.h"

namespace treegrpo {

// Changes no weight, gradient or random number. Engine thread only; six forward passes of up to 6
// rows.
MemoryFigures measure_memory(Policy& policy, const RunConfig& config);

}  // namespace treegrpo
