// What a run costs beside its training when everybody listens: the store on a disk, the events, the
// commands.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>

#include "record/run_config.h"

namespace treegrpo::bench {

// {"store": {...}}: seconds an iteration in the run's hooks, and their share of the iteration;
// apart for iterations that keep the pictures of all nodes and for those that keep the leaves'.
// The store is made in a temporary folder.
nlohmann::ordered_json store_cost(const RunConfig& config, const std::filesystem::path& model,
                                  int iterations);

}  // namespace treegrpo::bench
