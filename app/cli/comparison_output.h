// A comparison as text for people and as JSON for scripts.
#pragma once

#include <span>
#include <string>

#include "cli/json_output.h"
#include "compare/comparison.h"

namespace treegrpo::cli {

// Groups with their runs, curves, values, times to the target, config differences and remarks. A
// number that is none is null; a target or the end of an interval that is not reached is
// "not_reached".
Json comparison_json(const Comparison& comparison, std::span<const ComparedRun> runs,
                     const ComparisonOptions& options);

// The same without curves, a line a group, then differences and remarks.
std::string comparison_text(const Comparison& comparison, std::span<const ComparedRun> runs,
                            const ComparisonOptions& options);

}  // namespace treegrpo::cli
