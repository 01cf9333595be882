#include "train/iteration_summary.h"

#include <sys/resource.h>

#include <cassert>
#include <cmath>
#include <vector>

#include "rollout/diversity.h"
#include "tree/schedule.h"

namespace treegrpo {
namespace {

struct Sum {
  double total = 0;
  double squares = 0;
  std::int64_t count = 0;

  void add(double value) {
    total += value;
    squares += value * value;
    ++count;
  }
  double mean() const { return count > 0 ? total / static_cast<double>(count) : no_value; }
  double deviation() const {
    if (count == 0) return no_value;
    return std::sqrt(std::max(0., squares / static_cast<double>(count) - mean() * mean()));
  }
};

void sum_rewards(std::span<const GrownTree> trees, IterationRecord& record) {
  const TreeRecord& first = trees.front().record;
  std::vector<Sum> columns(first.reward_names.size());
  Sum weighted;
  for (const GrownTree& tree : trees) {
    const std::size_t leaf_count = tree.record.rewards.front().size();
    for (std::size_t leaf = 0; leaf < leaf_count; ++leaf) {
      weighted.add(total_reward(tree.record, leaf));
      for (std::size_t column = 0; column < columns.size(); ++column)
        columns[column].add(tree.record.rewards[column][leaf]);
    }
  }
  record.leaves = weighted.count;
  record.reward = weighted.mean();
  for (std::size_t column = 0; column < columns.size(); ++column)
    record.reward_by_name.push_back({first.reward_names[column], columns[column].mean()});
}

// One number a trained step, first step first, over the edges that have an advantage.
std::vector<double> advantage_std_by_depth(std::span<const GrownTree> trees) {
  const TreeSchedule& schedule = trees.front().record.schedule;
  std::vector<Sum> by_step(schedule.steps.size());
  for (const GrownTree& tree : trees)
    for (const TreeNode& node : tree.record.nodes)
      if (node.parent >= 0 && !std::isnan(node.advantage))
        by_step[static_cast<std::size_t>(node.step) - 1].add(node.advantage);
  std::vector<double> deviations;
  for (std::size_t step = 0; step < by_step.size(); ++step)
    if (schedule.steps[step].train) deviations.push_back(by_step[step].deviation());
  return deviations;
}

// Mean over prompts of the distance between their leaves.
double leaf_diversity(std::span<const GrownTree> trees) {
  Sum sum;
  for (const GrownTree& tree : trees)
    if (tree.leaf_latents.size(0) > 1) sum.add(mean_pairwise_distance(tree.leaf_latents));
  return sum.mean();
}

void count(std::span<const GrownTree> trees, const UpdateStats& update, const RunConfig& config,
           IterationRecord& record) {
  const auto prompts = static_cast<std::int64_t>(trees.size());
  const ScheduleCounts each = counts(trees.front().record.schedule);
  const ScheduleCounts all{.nfe = prompts * each.nfe, .trained_passes = update.trained_passes};
  assert(record.leaves == prompts * each.leaves);
  assert(trees.front().record.nodes.size() == static_cast<std::size_t>(each.nodes));
  record.nfe = all.nfe;
  record.trained_passes = all.trained_passes;
  record.forward_passes =
      forward_passes(all, config.model.guidance_scale != 1, config.model.train_guidance);
}

}  // namespace

IterationRecord summarise(std::span<const GrownTree> trees, const Credit& credit,
                          const UpdateStats& update, const RunConfig& config) {
  IterationRecord record;
  record.iteration = trees.front().record.iteration;
  sum_rewards(trees, record);
  count(trees, update, config, record);
  record.loss = update.loss;
  record.ratio_mean = update.ratio_mean;
  record.ratio_std = update.ratio_std;
  record.ratio_max = update.ratio_max;
  record.clip_fraction = update.clip_fraction;
  record.kl = update.kl;
  record.grad_norm = update.grad_norm;
  record.learning_rate = config.optimizer.learning_rate;
  record.window_start = trees.front().record.schedule.window_start;
  record.advantage_std_by_depth = advantage_std_by_depth(trees);
  record.diversity = leaf_diversity(trees);
  record.skipped_groups = credit.skipped_groups;
  record.softmax_ess = credit.softmax_ess;
  record.peak_bytes = peak_resident_bytes();
  return record;
}

std::int64_t peak_resident_bytes() {
  struct rusage usage {};
  if (getrusage(RUSAGE_SELF, &usage) != 0) return 0;
  return static_cast<std::int64_t>(usage.ru_maxrss) * 1024;
}

}  // namespace treegrpo
