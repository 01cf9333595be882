// A stored tree credited again, by the rule of its run or by another.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "record/credit_trace.h"
#include "record/tree_record.h"
#include "store/run_reader.h"

namespace treegrpo {

struct CreditedTree {
  TreeRecord tree;  // values and advantages are those of the rule
  CreditTrace trace;
  bool skipped = false;  // no reward of the prompt varied: no edge has an advantage
};

// Credits the prompt among all prompts of its iteration, since some rules and deviations compare
// them. sets: overrides of the run's config as it was then, such as "credit.rule=treerpo". Throws
// Error (configuration) for what --set refuses and for a rule that is not known, Error if there is
// no such tree.
CreditedTree credit_again(RunReader& reader, RunId run, std::int32_t iteration, PromptId prompt,
                          std::span<const std::string> sets);

}  // namespace treegrpo
