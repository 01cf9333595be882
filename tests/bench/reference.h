// The network's answers to a fixed input, and what an iteration is made of, so that another
// implementation (eager_python.py) can be checked to compute the same before it is timed.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>

#include "record/run_config.h"

namespace treegrpo::bench {

// {"reference": {...}}: latents, sigma and tokens, the velocity and the pictures that the model
// makes of them; the prompts of an iteration as tokens, and the window's starts with their shares.
nlohmann::ordered_json reference(const RunConfig& config, const std::filesystem::path& model);

}  // namespace treegrpo::bench
