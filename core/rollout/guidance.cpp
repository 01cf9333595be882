#include "rollout/guidance.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace treegrpo {

at::Tensor predict_guided(Policy& policy, const at::Tensor& latents, const at::Tensor& sigma,
                          const GuidedCall& call) {
  if (call.scale == 1)
    return policy.predict(latents, sigma, call.conditioning->rows(call.rows), call.weights);
  const at::Tensor unconditional = at::full_like(call.rows, call.conditioning->unconditional_row);
  const at::Tensor both =
      policy.predict(at::cat({latents, latents}), at::cat({sigma, sigma}),
                     call.conditioning->rows(at::cat({unconditional, call.rows})), call.weights);
  const auto halves = both.chunk(2);
  return halves[0] + call.scale * (halves[1] - halves[0]);
}

std::int64_t latents_a_call(int micro_batch, double guidance_scale, std::int64_t all) {
  if (micro_batch <= 0) return std::max<std::int64_t>(all, 1);
  return std::max(micro_batch / (guidance_scale == 1 ? 1 : 2), 1);
}

}  // namespace treegrpo
