#include "rollout/regrow.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/noise_key.h"
#include "rollout/grow.h"
#include "rollout/leaf_images.h"
#include "rollout/replay.h"
#include "tree/advantage.h"
#include "tree/regrow_schedule.h"

namespace treegrpo {
namespace {

GrowRequest request_of(const RegrowOptions& options, const Conditioning& conditioning) {
  const TreeRecord& tree = options.tree;
  const RunConfig& config = options.config;
  const auto node = static_cast<std::size_t>(options.node.value);
  GrowRequest request = replay_request({.tree = tree,
                                        .config = config,
                                        .root = tree.nodes[node].tree,
                                        .path = path(tree, options.node.value)},
                                       conditioning);
  request.schedule = regrow_schedule(tree,
                                     {.node = options.node,
                                      .kind = options.kind,
                                      .leaves = options.leaves,
                                      .other = options.schedule},
                                     config.schedule.max_leaves);
  request.on->seed = mix64(config.run.seed ^ mix64(options.seed));
  return request;
}

// Between the path's log-probs and those that are stored.
double log_prob_difference(const RegrowOptions& options, const TreeRecord& regrown) {
  double largest = no_value;
  for (std::int32_t id = options.node.value; id >= 0;) {
    const TreeNode& stored = options.tree.nodes[static_cast<std::size_t>(id)];
    const TreeNode& again = regrown.nodes[static_cast<std::size_t>(stored.step)];  // one a step
    largest = std::fmax(largest, std::abs(again.log_prob - stored.log_prob));  // NaN: no density
    id = stored.parent;
  }
  return largest;
}

// Rewards and pictures of its leaves, and their credit among themselves.
void score(Policy& policy, const RewardMix& rewards, const RegrowOptions& options,
           const Proceed& proceed, GrownTree& grown) {
  const at::Tensor images =
      decode_leaves(policy, grown.leaf_latents, options.config.sampler.micro_batch, proceed);
  if (!images.defined()) throw work_ended();
  keep_leaf_pictures(images, std::span(&grown, 1));
  score_leaves(rewards, images, std::span(&grown, 1));
  CreditState state;
  const Credit credit =
      assign_credit(std::span(&grown.record, 1), credit_options(options.config), state);
  apply(credit.records.front(), grown.record);
}

}  // namespace

Regrown regrow(Policy& policy, const RewardMix& rewards, const RegrowOptions& options,
               const Proceed& proceed) {
  const c10::NoGradGuard no_grad;
  const Conditioning conditioning = policy.encode(std::vector<std::string>{options.tree.text});
  const GrowRequest request = request_of(options, conditioning);
  auto trees = grow(policy, request, [&](const LevelNews&) { return !proceed || proceed(); });
  if (!trees) throw work_ended();
  GrownTree& grown = trees->front();
  grown.record.prompt = options.tree.prompt;
  score(policy, rewards, options, proceed, grown);
  const double difference = log_prob_difference(options, grown.record);
  return {.tree = std::move(grown.record),
          .from = options.node,
          .from_tree = request.on->tree,
          .node = static_cast<std::int32_t>(request.on->path.size()),
          .kind = options.kind,
          .seed = options.seed,
          .weights = {},
          .log_prob_difference = difference};
}

}  // namespace treegrpo
