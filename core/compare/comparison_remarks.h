// What whoever reads a comparison must know before believing it, a sentence each. Private to this
// folder.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "compare/comparison.h"

namespace treegrpo {

// Runs without the metric or without a value where one is asked for, runs of other lengths, too few
// runs, equal seeds, options changed on the way.
std::vector<std::string> group_remarks(const ComparedGroup& group,
                                       std::span<const ComparedRun> runs,
                                       const ComparisonOptions& options);

// Other prompts, seeds that do not match.
std::vector<std::string> comparison_remarks(const Comparison& comparison,
                                            std::span<const ComparedRun> runs,
                                            const ComparisonOptions& options);

}  // namespace treegrpo
