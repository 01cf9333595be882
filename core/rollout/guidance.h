// Classifier-free guidance, used by sampling and training alike and never inside a policy.
#pragma once

#include <cstdint>

#include "policy/policy.h"

namespace treegrpo {

// One guided prediction: v = v_u + scale·(v_c − v_u), batch [unconditional; conditional] in one
// call; scale 1 is a plain call. rows: int64 [B], which row of conditioning each latent uses.
struct GuidedCall {
  const Conditioning* conditioning = nullptr;
  at::Tensor rows;
  double scale = 1;
  Weights weights = Weights::current;
};

// latents [B, C, h, w], sigma [B] → [B, C, h, w] fp32.
at::Tensor predict_guided(Policy& policy, const at::Tensor& latents, const at::Tensor& sigma,
                          const GuidedCall& call);

// Latents that one call may hold so that it has at most micro_batch rows, guided rows counted;
// at least 1. micro_batch 0: all of them.
std::int64_t latents_a_call(int micro_batch, double guidance_scale, std::int64_t all);

}  // namespace treegrpo
