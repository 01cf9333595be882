#include "canvas/tree_figures.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace treegrpo {
namespace {

void widen(Range& range, double value) {
  if (!std::isfinite(value)) return;
  range.least = range.none() ? value : std::min(range.least, value);
  range.most = std::isnan(range.most) ? value : std::max(range.most, value);
}

bool hasRewards(const TreeRecord& record, std::size_t leaf_total) {
  if (record.rewards.empty() || leaf_total == 0 ||
      record.reward_weights.size() < record.rewards.size())
    return false;
  return std::all_of(record.rewards.begin(), record.rewards.end(),
                     [&](const auto& column) { return column.size() == leaf_total; });
}

// A reward of a leaf that is no number; a weight of 0 does not excuse it.
bool rewardBroken(const TreeRecord& record, std::size_t leaf) {
  return std::any_of(record.rewards.begin(), record.rewards.end(),
                     [&](const auto& column) { return !std::isfinite(column[leaf]); });
}

void countPlaces(const TreeRecord& record, TreeFigures& figures) {
  std::vector<std::int32_t> of_step(static_cast<std::size_t>(record.steps()) + 1);
  for (std::size_t node = 0; node < record.nodes.size(); ++node)
    figures.index[node] = of_step[static_cast<std::size_t>(record.nodes[node].step)]++;
}

void scoreLeaves(const TreeRecord& record, TreeFigures& figures) {
  std::size_t leaf = 0;
  double sum = 0;
  double best = -std::numeric_limits<double>::infinity(), worst = -best;
  for (std::size_t node = 0; node < record.nodes.size(); ++node) {
    if (!record.is_leaf(node)) continue;
    const double total = total_reward(record, leaf);
    figures.reward[node] = figures.best_below[node] = total;
    figures.broken[node] = rewardBroken(record, leaf);
    widen(figures.leaf_reward, total);
    sum += total;
    ++leaf;
    if (std::isfinite(total) && total > best) {
      best = total;
      figures.best_leaf = static_cast<std::int32_t>(node);
    }
    if (std::isfinite(total) && total < worst) {
      worst = total;
      figures.worst_leaf = static_cast<std::int32_t>(node);
    }
  }
  figures.mean_reward = sum / static_cast<double>(leaf);
}

// Leaves and their rewards, from children to parents.
void sumUp(const TreeRecord& record, TreeFigures& figures) {
  std::vector<double> sums(record.nodes.size());
  for (std::size_t node = record.nodes.size(); node-- > 0;) {
    if (record.is_leaf(node)) {
      figures.leaf_count[node] = 1;
      sums[node] = figures.reward[node];
    } else if (figures.rewarded && figures.leaf_count[node] > 0) {
      figures.reward[node] = sums[node] / figures.leaf_count[node];
    }
    if (record.nodes[node].parent < 0) continue;
    const auto parent = static_cast<std::size_t>(record.nodes[node].parent);
    figures.leaf_count[parent] += figures.leaf_count[node];
    sums[parent] += sums[node];
    const double best = figures.best_below[node];
    if (best > figures.best_below[parent] || std::isnan(figures.best_below[parent]))
      figures.best_below[parent] = best;
  }
}

void measureEdges(const TreeRecord& record, TreeFigures& figures) {
  for (const TreeNode& node : record.nodes) {
    if (std::isfinite(node.advantage)) {
      figures.credited = true;
      figures.advantage_limit = std::max(figures.advantage_limit, std::abs(node.advantage));
    }
    if (std::isfinite(node.ratio))
      figures.ratio_limit = std::max(figures.ratio_limit, std::abs(node.ratio - 1));
    widen(figures.log_prob, node.log_prob);
    widen(figures.ratio, node.ratio);
    widen(figures.kl, node.kl);
    widen(figures.value, node.value);
  }
}

// A number that its neighbours have: NaN stands for "none" where nobody has it.
void findBroken(const TreeRecord& record, TreeFigures& figures) {
  const bool measured = !figures.ratio.none();
  for (std::size_t at = 0; at < record.nodes.size(); ++at) {
    const TreeNode& node = record.nodes[at];
    const bool trained = trains(record, static_cast<std::int32_t>(at));
    if ((node.kind == NodeKind::sde && !std::isfinite(node.log_prob)) || std::isinf(node.value) ||
        (trained && figures.credited && !std::isfinite(node.advantage)) ||
        (trained && measured && !std::isfinite(node.ratio)))
      figures.broken[at] = 1;
  }
}

}  // namespace

TreeFigures treeFigures(const TreeRecord& record) {
  const std::size_t count = record.nodes.size();
  TreeFigures figures;
  figures.reward.assign(count, no_value);
  figures.best_below.assign(count, no_value);
  figures.leaf_count.assign(count, 0);
  figures.index.assign(count, 0);
  figures.broken.assign(count, 0);
  countPlaces(record, figures);
  std::size_t leaf_total = 0;
  for (std::size_t node = 0; node < count; ++node) leaf_total += record.is_leaf(node) ? 1 : 0;
  figures.rewarded = hasRewards(record, leaf_total);
  if (figures.rewarded) scoreLeaves(record, figures);
  sumUp(record, figures);
  measureEdges(record, figures);
  findBroken(record, figures);
  return figures;
}

std::string nodeName(const TreeRecord& record, const TreeFigures& figures, std::int32_t node) {
  const auto at = static_cast<std::size_t>(node);
  return "t" + std::to_string(record.nodes[at].step) + "." + std::to_string(figures.index[at]);
}

bool trains(const TreeRecord& record, std::int32_t node) {
  const TreeNode& child = record.nodes[static_cast<std::size_t>(node)];
  return child.parent >= 0 && child.step > 0 &&
         record.schedule.steps[static_cast<std::size_t>(child.step - 1)].train;
}

}  // namespace treegrpo
