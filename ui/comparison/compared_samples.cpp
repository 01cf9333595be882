#include "comparison/compared_samples.h"

#include "compare/distribution.h"

namespace treegrpo {

TreeSample sampleOf(const TreeRecord& tree) {
  return {leaf_rewards({&tree, 1}), advantages_by_depth({&tree, 1})};
}

void pool(TreeSample& all, const TreeSample& more) {
  all.rewards.insert(all.rewards.end(), more.rewards.begin(), more.rewards.end());
  for (const auto& [step, values] : more.advantages) {
    std::vector<double>& own = all.advantages[step];
    own.insert(own.end(), values.begin(), values.end());
  }
}

}  // namespace treegrpo
