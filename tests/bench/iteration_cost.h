// Seconds of an iteration of each method by phase: medians over rounds in which the methods take
// turns, so that a busy moment of the machine falls on all of them.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <span>

#include "bench/cases.h"

namespace treegrpo::bench {

// {"methods": [...]}: of each method its phases in seconds, the seconds of all its threads, what it
// computes, and its total as a multiple of the first method's.
nlohmann::ordered_json method_costs(std::span<const Case> cases, const std::filesystem::path& model,
                                    int rounds);

// {"series": [...]}: seconds of an iteration at each point.
nlohmann::ordered_json series_costs(std::span<const Point> points,
                                    const std::filesystem::path& model, int rounds);

}  // namespace treegrpo::bench
