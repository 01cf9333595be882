#include "workbench/checkpoint_keeping.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace treegrpo {

std::vector<std::int32_t> checkpoints_to_remove(std::span<const ScoredCheckpoint> checkpoints,
                                                int keep) {
  const ScoredCheckpoint* best = nullptr;
  for (const ScoredCheckpoint& checkpoint : checkpoints)
    if (!std::isnan(checkpoint.score) && (best == nullptr || checkpoint.score > best->score))
      best = &checkpoint;

  const auto last = static_cast<std::size_t>(std::max(1, keep));
  std::vector<std::int32_t> removed;
  for (std::size_t i = 0; i + last < checkpoints.size(); ++i)
    if (&checkpoints[i] != best) removed.push_back(checkpoints[i].iterations);
  return removed;
}

}  // namespace treegrpo
