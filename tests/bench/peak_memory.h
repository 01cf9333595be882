// Peak memory of a method, in a process of its own: memory that one method used is not given back
// before the next.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>

#include "bench/cases.h"

namespace treegrpo::bench {

// {"peak_bytes": {"treegrpo": ...}}: calls this program with --peak-of NAME for each.
nlohmann::ordered_json peak_memory(std::span<const Case> cases, int threads);

}  // namespace treegrpo::bench
