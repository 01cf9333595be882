// What growing trees costs beside the network: the same rows through the bare network, and as
// sampling puts them through.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <span>

#include "bench/cases.h"

namespace treegrpo::bench {

// {"sampling": [...]}: of each method the seconds of both, and their ratio.
nlohmann::ordered_json sampling_costs(std::span<const Case> cases,
                                      const std::filesystem::path& model, int rounds);

}  // namespace treegrpo::bench
