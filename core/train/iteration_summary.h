// What an iteration came to: the sums of its trees, for lists and curves.
#pragma once

#include <cstdint>
#include <span>

#include "record/iteration_record.h"
#include "record/run_config.h"
#include "rollout/tree.h"
#include "train/policy_update.h"
#include "tree/advantage.h"

namespace treegrpo {

// The record of one iteration whose trees have rewards and advantages; seconds are left to the
// caller.
IterationRecord summarise(std::span<const GrownTree> trees, const Credit& credit,
                          const UpdateStats& update, const RunConfig& config);

// Highest resident memory of this process so far.
std::int64_t peak_resident_bytes();

}  // namespace treegrpo
