// Alg. 1 l. 11: the images of leaves, as pictures of their nodes and as raw rewards.
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <span>

#include "policy/policy.h"
#include "reward/reward_mix.h"
#include "rollout/tree.h"

namespace treegrpo {

// latents [N, C, h, w] → images [N, 3, H, W], in parts of at most micro_batch rows (0: at once).
// Asks proceed() before each part; undefined if it answers false.
at::Tensor decode_leaves(Policy& policy, const at::Tensor& latents, int micro_batch,
                         const std::function<bool()>& proceed);

// Gives every leaf its picture; images hold the leaves of all trees in order.
void keep_leaf_pictures(const at::Tensor& images, std::span<GrownTree> trees);

// Raw columns, a leaf's prompt being its tree's; images likewise. Throws Error that names the
// iteration and what RewardMix::score names.
void score_leaves(const RewardMix& rewards, const at::Tensor& images, std::span<GrownTree> trees);

}  // namespace treegrpo
