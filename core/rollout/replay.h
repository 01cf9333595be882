// The way to a node of a stored tree walked again: the keys of its noise are those of the tree's
// own growth.
#pragma once

#include <cstdint>
#include <vector>

#include "policy/policy.h"
#include "record/run_config.h"
#include "record/tree_record.h"
#include "rollout/grow.h"

namespace treegrpo {

struct Replayed {
  const TreeRecord& tree;
  const RunConfig& config;  // of its run in its iteration
  std::int32_t root = 0;
  std::vector<std::int32_t> path;  // child indices from there
};

// With the tree's own schedule, which is the caller's to change: one root, and one child a step
// along the path. What comes after it draws from the regrow stream of the run's seed.
GrowRequest replay_request(const Replayed& replayed, const Conditioning& conditioning);

}  // namespace treegrpo
