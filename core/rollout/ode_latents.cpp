#include "rollout/ode_latents.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "rollout/guidance.h"
#include "sampler/step.h"

namespace treegrpo {

at::Tensor ode_latents(Policy& policy, const OdeRequest& request,
                       const std::function<bool()>& proceed,
                       const std::function<void(const OdeStep&)>& on_step) {
  const Conditioning& conditioning = *request.conditioning;
  const std::vector<double>& sigmas = request.sigmas;
  const at::Tensor start = request.start.to(conditioning.parts.front().device());
  const StepKind kind =
      policy.info().prediction == PredictionKind::epsilon ? StepKind::ddim : StepKind::ode;
  const std::int64_t batch =
      latents_a_call(request.micro_batch, request.guidance_scale, start.size(0));
  std::vector<at::Tensor> finished;
  for (std::int64_t begin = 0; begin < start.size(0); begin += batch) {
    const std::int64_t size = std::min(batch, start.size(0) - begin);
    const at::Tensor rows = request.rows.narrow(0, begin, size);
    at::Tensor latents = start.narrow(0, begin, size);
    for (std::size_t step = 0; step + 1 < sigmas.size(); ++step) {
      if (proceed && !proceed()) return {};
      const at::Tensor prediction =
          predict_guided(policy, latents, at::full({size}, sigmas[step], latents.options()),
                         {.conditioning = &conditioning,
                          .rows = rows,
                          .scale = request.guidance_scale,
                          .weights = request.weights});
      const StepSigmas between = {sigmas[step], sigmas[step + 1], sigmas[1]};
      if (on_step) on_step({begin, step, between, rows, latents, prediction});
      latents = take_step({.kind = kind, .sigmas = between, .prediction = prediction, .x = latents},
                          step_path(latents.device()))
                    .latents;
    }
    finished.push_back(latents);
  }
  return at::cat(finished);
}

}  // namespace treegrpo
