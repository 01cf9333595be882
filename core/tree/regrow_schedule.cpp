#include "tree/regrow_schedule.h"

#include <algorithm>
#include <string>

#include "base/error.h"
#include "tree/schedule.h"

namespace treegrpo {
namespace {

Error refusal(const std::string& sentence) { return Error(sentence, ErrorKind::usage); }

// Denoising steps done at the node. Throws Error if nothing can grow from it.
std::size_t step_of(const TreeRecord& tree, NodeId node) {
  const std::string name = "node " + std::to_string(node.value);
  if (node.value < 0 || node.value >= static_cast<std::int32_t>(tree.nodes.size()))
    throw refusal("the tree has no " + name + "; it has 0 to " +
                  std::to_string(tree.nodes.size() - 1));
  const auto index = static_cast<std::size_t>(node.value);
  if (tree.is_leaf(index))
    throw refusal(name + " is a leaf, and nothing grows from a leaf; take a node above it");
  return static_cast<std::size_t>(tree.nodes[index].step);
}

TreeSchedule with_steps_of(TreeSchedule schedule, const TreeSchedule& other, std::size_t step) {
  if (other.steps.size() != schedule.steps.size())
    throw refusal("the other schedule has " + std::to_string(other.steps.size()) +
                  " steps, but the tree has " + std::to_string(schedule.steps.size()));
  std::copy(other.steps.begin() + static_cast<std::ptrdiff_t>(step), other.steps.end(),
            schedule.steps.begin() + static_cast<std::ptrdiff_t>(step));
  return schedule;
}

}  // namespace

TreeSchedule regrow_schedule(const TreeRecord& tree, const RegrowWish& wish, int max_leaves) {
  const std::size_t step = step_of(tree, wish.node);
  TreeSchedule schedule = tree.schedule;
  if (wish.other) schedule = with_steps_of(schedule, *wish.other, step);
  schedule.roots = 1;
  const auto below = schedule.steps.begin() + static_cast<std::ptrdiff_t>(step);
  for (auto plan = schedule.steps.begin(); plan != below; ++plan) {
    plan->branch = 1;
    plan->train = false;
  }
  const auto noisy = std::find_if(below, schedule.steps.end(),
                                  [](const StepPlan& plan) { return plan.noise_level > 0; });
  if (noisy == schedule.steps.end())
    throw refusal("no step from node " + std::to_string(wish.node.value) +
                  " on draws noise, so the same image would grow from it; take a node before the "
                  "last step that draws noise");
  if (wish.kind == RegrowKind::leaves) {
    for (auto plan = below; plan != schedule.steps.end(); ++plan) plan->branch = 1;
    noisy->branch = wish.leaves;
  }
  validate(schedule, max_leaves, "leaves");
  return schedule;
}

}  // namespace treegrpo
