// Images of a policy without noise between their first latent and their last: the ODE, for
// evaluations and probes.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <vector>

#include "policy/policy.h"
#include "sampler/transition.h"

namespace treegrpo {

struct OdeRequest {
  const Conditioning* conditioning = nullptr;
  at::Tensor rows;             // int64 [N]: which row of conditioning each latent uses
  at::Tensor start;            // [N, C, h, w], on any device
  std::vector<double> sigmas;  // T + 1
  double guidance_scale = 1;
  int micro_batch = 0;  // as in GrowRequest
  Weights weights = Weights::current;
};

// A step that is about to be taken by the latents from `first` on.
struct OdeStep {
  std::int64_t first = 0;
  std::size_t step = 0;
  StepSigmas sigmas = {};
  at::Tensor rows;        // int64 [B]
  at::Tensor x;           // [B, C, h, w]
  at::Tensor prediction;  // likewise
};

// Final latents [N, C, h, w]; undefined if proceed(), asked before each step of each batch, answers
// false.
at::Tensor ode_latents(Policy& policy, const OdeRequest& request,
                       const std::function<bool()>& proceed,
                       const std::function<void(const OdeStep&)>& on_step = {});

}  // namespace treegrpo
