#include "compare/distribution.h"

#include <algorithm>
#include <cmath>

#include "compare/spread.h"

namespace treegrpo {
namespace {

constexpr int most_bins = 200;

std::vector<double> finite(std::span<const double> values) {
  std::vector<double> kept;
  std::copy_if(values.begin(), values.end(), std::back_inserter(kept),
               [](double value) { return std::isfinite(value); });
  return kept;
}

int freedman_diaconis(const std::vector<double>& values, double span) {
  const double spread = quantile(values, .75) - quantile(values, .25);
  const double width = 2 * spread / std::cbrt(static_cast<double>(values.size()));
  if (!(width > 0)) return 1;
  return static_cast<int>(std::clamp(std::ceil(span / width), 1., static_cast<double>(most_bins)));
}

}  // namespace

Ecdf ecdf(std::span<const double> values) {
  std::vector<double> sorted = finite(values);
  std::sort(sorted.begin(), sorted.end());
  Ecdf result{.x = {}, .share = {}, .n = sorted.size(), .left_out = values.size() - sorted.size()};
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (i + 1 < sorted.size() && sorted[i + 1] == sorted[i]) continue;
    result.x.push_back(sorted[i]);
    result.share.push_back(static_cast<double>(i + 1) / static_cast<double>(sorted.size()));
  }
  return result;
}

Histogram histogram(std::span<const double> values, std::span<const double> edges) {
  Histogram result{.edges = {edges.begin(), edges.end()},
                   .counts = std::vector<std::size_t>(edges.empty() ? 0 : edges.size() - 1),
                   .left_out = 0};
  for (const double value : values) {
    if (result.counts.empty() || !(value >= edges.front() && value <= edges.back())) {
      ++result.left_out;
      continue;
    }
    const auto above = std::upper_bound(edges.begin(), edges.end(), value);
    const auto bin = static_cast<std::size_t>(above - edges.begin()) - 1;
    ++result.counts[std::min(bin, result.counts.size() - 1)];
  }
  return result;
}

std::vector<double> common_edges(std::span<const std::vector<double>> samples, int bins) {
  std::vector<double> all;
  for (const std::vector<double>& sample : samples) {
    const std::vector<double> kept = finite(sample);
    all.insert(all.end(), kept.begin(), kept.end());
  }
  if (all.empty()) return {};
  const auto [least, greatest] = std::minmax_element(all.begin(), all.end());
  const double low = *least;
  const double high = *greatest;
  if (low == high) return {low - .5, high + .5};
  const int count = bins > 0 ? bins : freedman_diaconis(all, high - low);
  std::vector<double> edges;
  for (int i = 0; i < count; ++i) edges.push_back(low + (high - low) * i / count);
  edges.push_back(high);
  return edges;
}

std::vector<double> leaf_rewards(std::span<const TreeRecord> trees) {
  std::vector<double> rewards;
  for (const TreeRecord& tree : trees) {
    const std::size_t count = leaves(tree).size();
    for (std::size_t leaf = 0; leaf < count; ++leaf) rewards.push_back(total_reward(tree, leaf));
  }
  return rewards;
}

std::map<int, std::vector<double>> advantages_by_depth(std::span<const TreeRecord> trees) {
  std::map<int, std::vector<double>> found;
  for (const TreeRecord& tree : trees)
    for (const TreeNode& node : tree.nodes)
      if (!std::isnan(node.advantage)) found[node.step - 1].push_back(node.advantage);
  return found;
}

}  // namespace treegrpo
