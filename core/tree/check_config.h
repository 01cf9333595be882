// Refuses, before anything runs, a config whose keys contradict each other. Ranges of single keys
// are checked where they are read (record/config_fields); these check names and combinations.
#pragma once

#include "record/run_config.h"

namespace treegrpo {

// Throws a configuration Error that names the dotted keys and what to do.
void check_config(const RunConfig& config);

// Those of check_config that a schedule is made from: method, its window and splits, the steps.
void check_schedule_keys(const RunConfig& config);

}  // namespace treegrpo
