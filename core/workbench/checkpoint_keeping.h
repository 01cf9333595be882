// Which checkpoints of a run stay on disk: the last ones, and the best beside them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "record/tree_record.h"

namespace treegrpo {

struct ScoredCheckpoint {
  std::int32_t iterations = 0;  // done when it was written
  double score = no_value;      // held-out reward, where one was measured

  bool operator==(const ScoredCheckpoint&) const = default;
};

// Those to remove, given all in order of iterations: neither among the last `keep` (at least 1) nor
// the one of highest score, the earlier of equals.
std::vector<std::int32_t> checkpoints_to_remove(std::span<const ScoredCheckpoint> checkpoints,
                                                int keep);

}  // namespace treegrpo
