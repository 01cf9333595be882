// Refuses, before anything runs, a config whose keys contradict each other. Ranges of single keys
// are checked where they are read (record/config_fields); these check names and combinations.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "record/event.h"
#include "record/run_config.h"

namespace treegrpo {

// Throws a configuration Error that names the dotted keys and what to do.
void check_config(const RunConfig& config);

// Those of check_config that a schedule is made from: method, its window and splits, the steps. Of
// a config without keyframes (config_at).
void check_schedule_keys(const RunConfig& config);

// Whether a run keeps a key from its beginning, so that it cannot be changed while it runs.
bool fixed_in_run(std::string_view key);

// Throws a configuration Error if an option was changed during a run that a run is set up with once
// (run, model, prompts, reward), if the keys contradict each other after a change, or if a keyframe
// keeps a change from having any effect.
void check_changes(const RunConfig& config, std::span<const ParameterChanged> changes);

// The keys that say how many images a prompt gets, as a complaint names them.
std::string width_keys(const RunConfig& config);

}  // namespace treegrpo
