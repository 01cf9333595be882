#include "train/policy_update.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "base/error.h"

namespace treegrpo {
namespace {

// Looks for the prompt whose gradient is not finite, each alone; only ever run on the way out.
[[noreturn]] void throw_bad_gradient(Policy& policy, AdamW& optimizer,
                                     std::span<const GrownTree> trees,
                                     const Conditioning& conditioning,
                                     const ObjectiveOptions& options, OldPolicy old_policy) {
  std::string culprit;
  ErrorPlace place{.iteration = trees.front().record.iteration};
  for (std::size_t tree = 0; tree < trees.size() && culprit.empty(); ++tree) {
    std::vector<GrownTree> alone(trees.size());
    alone[tree] = trees[tree];
    optimizer.zero_grad();
    accumulate_gradients(policy, alone, conditioning, options, old_policy);
    if (!std::isfinite(optimizer.clip_gradients(std::numeric_limits<double>::infinity()))) {
      culprit = "of prompt '" + trees[tree].record.text + "' ";
      place.prompt = trees[tree].record.prompt.value;
    }
  }
  optimizer.zero_grad();
  throw Error("the gradient " + culprit + "in iteration " + std::to_string(place.iteration) +
                  " is not finite, so the weights were left as they are; lower "
                  "optimizer.learning_rate or raise credit.std_min",
              ErrorKind::not_finite, place);
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return values.empty() ? no_value : sum / static_cast<double>(values.size());
}

double deviation_of(const std::vector<double>& values) {
  const double mean = mean_of(values);
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return values.empty() ? no_value : std::sqrt(sum / static_cast<double>(values.size()));
}

void keep_first_pass(const PassResult& pass, std::span<GrownTree> trees, UpdateStats& stats) {
  std::vector<double> ratios, kls;
  for (const TrainedEdge& edge : pass.edges) {
    TreeNode& node = trees[edge.tree].record.nodes[static_cast<std::size_t>(edge.node)];
    node.ratio = edge.stored_ratio;
    node.kl = edge.kl;
    ratios.push_back(edge.stored_ratio);
    if (!std::isnan(edge.kl)) kls.push_back(edge.kl);
  }
  stats.ratio_mean = mean_of(ratios);
  stats.ratio_std = deviation_of(ratios);
  stats.ratio_max = ratios.empty() ? no_value : *std::max_element(ratios.begin(), ratios.end());
  stats.kl = mean_of(kls);
}

}  // namespace

AdamWOptions optimizer_options(const RunConfig& config) {
  return {.beta1 = .9, .beta2 = .99, .weight_decay = config.optimizer.weight_decay};
}

UpdateStats update_policy(Policy& policy, AdamW& optimizer, std::span<GrownTree> trees,
                          const Conditioning& conditioning, const UpdateRequest& request) {
  const OldPolicy old_policy = request.updates == 1 ? OldPolicy::itself : OldPolicy::stored;
  const double largest_norm =
      request.gradient_clip > 0 ? request.gradient_clip : std::numeric_limits<double>::infinity();
  UpdateStats stats;
  std::vector<double> losses, norms, clipped;
  for (int update = 0; update < request.updates; ++update) {
    optimizer.zero_grad();
    const PassResult pass = accumulate_gradients(policy, trees, conditioning, request.objective,
                                                 old_policy, request.proceed);
    stats.complete = pass.complete;
    if (!pass.complete) break;
    if (update == 0) keep_first_pass(pass, trees, stats);
    stats.trained_passes += pass.parents;
    if (pass.edges.empty()) break;  // every group was skipped

    const double norm = optimizer.clip_gradients(largest_norm);
    if (!std::isfinite(norm))
      throw_bad_gradient(policy, optimizer, trees, conditioning, request.objective, old_policy);
    if (request.before_step) request.before_step();
    optimizer.step(request.learning_rate);
    if (request.after_step) request.after_step();

    losses.push_back(pass.loss);
    norms.push_back(norm);
    for (const TrainedEdge& edge : pass.edges) clipped.push_back(edge.clipped ? 1 : 0);
  }
  optimizer.zero_grad();
  stats.loss = mean_of(losses);
  stats.grad_norm = mean_of(norms);
  stats.clip_fraction = mean_of(clipped);
  return stats;
}

}  // namespace treegrpo
