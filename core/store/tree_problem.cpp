#include "store/tree_problem.h"

#include <cstddef>

namespace treegrpo {
namespace {

// What is wrong with the columns of rewards; nothing if they fit the leaves.
std::optional<std::string> reward_problem(const TreeRecord& record) {
  const std::size_t names = record.reward_names.size();
  if (record.reward_weights.size() != names ||
      (!record.rewards.empty() && record.rewards.size() != names))
    return place_of(record) + " has " + std::to_string(record.rewards.size()) +
           " reward columns and " + std::to_string(record.reward_weights.size()) + " weights for " +
           std::to_string(names) + " rewards";
  const std::size_t leaf_count = leaves(record).size();
  for (std::size_t column = 0; column < record.rewards.size(); ++column)
    if (record.rewards[column].size() != leaf_count)
      return "reward '" + record.reward_names[column] + "' has " +
             std::to_string(record.rewards[column].size()) + " values for the " +
             std::to_string(leaf_count) + " leaves of " + place_of(record);
  return std::nullopt;
}

// What is wrong with the place of a node; nothing if it hangs where a tree grows.
const char* node_problem(const TreeRecord& record, std::size_t index) {
  const TreeNode& node = record.nodes[index];
  if (node.parent < -1 || node.parent >= static_cast<std::int32_t>(index) || node.tree < 0)
    return "stands before its parent or in no tree";
  const int step =
      node.parent < 0 ? 0 : record.nodes[static_cast<std::size_t>(node.parent)].step + 1;
  if (node.step != step || step > record.steps()) return "stands at a step that is not its own";
  if ((node.kind == NodeKind::root) != (node.parent < 0)) return "is of a kind that is not its own";
  return nullptr;
}

}  // namespace

std::string place_of(const TreeRecord& record) {
  return "the tree of iteration " + std::to_string(record.iteration) + ", prompt " +
         std::to_string(record.prompt.value);
}

std::optional<std::string> tree_problem(const TreeRecord& record) {
  if (record.nodes.empty()) return place_of(record) + " has no nodes";
  if (record.sigmas.size() != static_cast<std::size_t>(record.steps()) + 1)
    return place_of(record) + " has " + std::to_string(record.sigmas.size()) + " sigmas for " +
           std::to_string(record.steps()) + " steps";
  for (std::size_t node = 0; node < record.nodes.size(); ++node)
    if (const char* problem = node_problem(record, node))
      return "node " + std::to_string(node) + " of " + place_of(record) + " " + problem;
  return reward_problem(record);
}

}  // namespace treegrpo
