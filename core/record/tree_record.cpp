#include "record/tree_record.h"

#include <algorithm>

namespace treegrpo {

std::vector<std::int32_t> leaves(const TreeRecord& record) {
  std::vector<std::int32_t> found;
  for (std::size_t node = 0; node < record.nodes.size(); ++node)
    if (record.is_leaf(node)) found.push_back(static_cast<std::int32_t>(node));
  return found;
}

std::vector<std::vector<std::int32_t>> children(const TreeRecord& record) {
  std::vector<std::vector<std::int32_t>> found(record.nodes.size());
  for (std::size_t node = 0; node < record.nodes.size(); ++node) {
    const std::int32_t parent = record.nodes[node].parent;
    if (parent >= 0)
      found[static_cast<std::size_t>(parent)].push_back(static_cast<std::int32_t>(node));
  }
  return found;
}

std::vector<std::int32_t> path(const TreeRecord& record, std::int32_t node) {
  std::vector<std::int32_t> steps;
  for (auto at = static_cast<std::size_t>(node); record.nodes[at].parent >= 0;
       at = static_cast<std::size_t>(record.nodes[at].parent))
    steps.push_back(record.nodes[at].child);
  std::reverse(steps.begin(), steps.end());
  return steps;
}

double total_reward(const TreeRecord& record, std::size_t leaf) {
  double sum = 0;
  for (std::size_t column = 0; column < record.rewards.size(); ++column)
    sum += record.reward_weights[column] * record.rewards[column][leaf];
  return sum;
}

}  // namespace treegrpo
