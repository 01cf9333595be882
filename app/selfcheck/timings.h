// How long things take here: medians over repeats in which all cases take turns, so that a machine
// that slows down slows all of them.
#pragma once

#include <nlohmann/json.hpp>

#include "selfcheck/check.h"

namespace treegrpo::selfcheck {

// A list of objects with name, device and median_ms: the fused step against tensor operations,
// forward passes in fp32 and bf16, and whole iterations of TreeGRPO (both) and DanceGRPO (fp32),
// with median_ms_by_phase. All devices, 8 prompts an iteration. repeats: at least 1.
nlohmann::ordered_json timings(const Machine& machine, int repeats);

}  // namespace treegrpo::selfcheck
