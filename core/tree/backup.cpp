#include "tree/backup.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/error.h"

namespace treegrpo {
namespace {

using Siblings = std::vector<std::int32_t>;

double edge_log_prob(const TreeRecord& record, std::int32_t node, double scale) {
  const double log_prob = record.nodes[static_cast<std::size_t>(node)].log_prob;
  if (!std::isfinite(log_prob))
    throw Error("node " + std::to_string(node) + " of prompt " +
                std::to_string(record.prompt.value) + " in iteration " +
                std::to_string(record.iteration) +
                " has siblings but no log-prob; use method.backup = 'mean', or branch only where "
                "noise is drawn");
  return log_prob * scale;
}

// What a mean log-prob is multiplied with before the softmax.
double log_prob_scale(const TreeRecord& record, const CreditOptions& options) {
  if (options.backup == Backup::softmax_mean_log_prob) return 1 / options.backup_temperature;
  if (record.latent_dimensions < 1)
    throw Error(
        "method.backup = 'softmax_sum_log_prob' needs the latent's number of dimensions, "
        "which is not known of this tree; use softmax_mean_log_prob");
  return static_cast<double>(record.latent_dimensions) / options.backup_temperature;
}

// Softmax over siblings, the largest taken out so that exp stays in range.
std::vector<double> softmax_weights(const TreeRecord& record, const Siblings& siblings,
                                    const CreditOptions& options) {
  const double scale = log_prob_scale(record, options);
  std::vector<double> weights;
  for (const std::int32_t child : siblings) weights.push_back(edge_log_prob(record, child, scale));
  const double largest = *std::max_element(weights.begin(), weights.end());
  double sum = 0;
  for (double& weight : weights) sum += weight = std::exp(weight - largest);
  for (double& weight : weights) weight /= sum;
  return weights;
}

// w_u: one weight a child, summing to 1.
std::vector<double> sibling_weights(const TreeRecord& record, const Siblings& siblings,
                                    const CreditOptions& options) {
  if (siblings.size() > 1 && options.backup != Backup::mean)
    return softmax_weights(record, siblings, options);
  return std::vector<double>(siblings.size(), 1 / static_cast<double>(siblings.size()));
}

double effective_children(std::span<const double> weights) {
  double squares = 0;
  for (const double weight : weights) squares += weight * weight;
  return 1 / squares;
}

}  // namespace

BackedUp back_up(const TreeRecord& record, std::span<const double> scores,
                 const CreditOptions& options) {
  const std::size_t count = record.nodes.size();
  BackedUp result{.children = children(record),
                  .values = std::vector<double>(count),
                  .weights = std::vector<double>(count, 1),
                  .leaf_count = std::vector<std::int64_t>(count)};
  std::size_t leaf = scores.size();
  for (std::size_t node = count; node-- > 0;) {  // parents stand before their children
    const Siblings& below = result.children[node];
    if (record.is_leaf(node)) {
      result.values[node] = scores[--leaf];
      result.leaf_count[node] = 1;
      continue;
    }
    const std::vector<double> weights = sibling_weights(record, below, options);
    for (std::size_t at = 0; at < below.size(); ++at) {
      const auto child = static_cast<std::size_t>(below[at]);
      result.weights[child] = weights[at];
      result.values[node] += weights[at] * result.values[child];
      result.leaf_count[node] += result.leaf_count[child];
    }
    if (below.size() > 1) {
      result.ess_sum += effective_children(weights);
      ++result.ess_count;
    }
  }
  return result;
}

}  // namespace treegrpo
