// Options that are changed in a run in progress: from what a user asks to the rows that a resumed
// run repeats.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "record/event.h"
#include "record/run_config.h"

namespace treegrpo {

// A run's config as it was made, and what was changed since, in order of iterations.
struct ChangedConfig {
  const RunConfig& config;
  std::span<const ParameterChanged> changes;
};

// What a user asks for at once.
struct ConfigEdit {
  std::vector<std::string> assignments;  // "method.window=4", as --set takes them
  std::string author;                    // "user@host"
};

// The key of "method.window=4"; all of the text where it assigns nothing.
std::string assigned_key(const std::string& assignment);

// The edit as changes from that iteration on, those that change nothing
// left out. Throws Error (configuration) that names the keys if a key or value is wrong, the keys
// then contradict each other, or a run keeps what they change from its beginning.
std::vector<ParameterChanged> live_changes(const ChangedConfig& run, std::int32_t iteration,
                                           const ConfigEdit& edit);

}  // namespace treegrpo
