#include "rollout/sample_images.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <utility>

#include "policy/pictures.h"
#include "rollout/grow.h"
#include "tree/sigmas.h"

namespace treegrpo {
namespace {

constexpr int micro_batch = 64;  // rows of a forward pass: nobody says how many

GrowRequest chains(const SampleOptions& options, const PolicyInfo& info,
                   const Conditioning& conditioning, Weights weights) {
  TreeSchedule schedule;
  schedule.roots = options.count;
  schedule.shared_root_noise = false;
  schedule.steps.resize(static_cast<std::size_t>(options.steps));
  return {.prompts = options.prompts,
          .conditioning = &conditioning,
          .schedule = schedule,
          .sigmas = sigma_table(info.sigma_rule, options.steps, options.shift),
          .kind = info.prediction == PredictionKind::epsilon ? StepKind::ddim : StepKind::ode,
          .guidance_scale = options.guidance_scale,
          .micro_batch = micro_batch,
          .seed = options.seed,
          .stream = NoiseStream::sample,
          .iteration = 0,
          .weights = weights,
          .watched = {}};
}

}  // namespace

std::vector<Image> sample_images(Policy& policy, const SampleOptions& options, Weights weights,
                                 const Proceed& proceed) {
  const c10::NoGradGuard no_grad;
  const Conditioning conditioning = policy.encode(options.prompts);
  const auto trees = grow(policy, chains(options, policy.info(), conditioning, weights),
                          [&](const LevelNews&) { return !proceed || proceed(); });
  if (!trees) throw work_ended();
  std::vector<Image> images;
  for (const GrownTree& tree : *trees)
    for (const at::Tensor& part : tree.leaf_latents.split(micro_batch)) {
      if (proceed && !proceed()) throw work_ended();
      for (Image& image : pictures_of(policy.decode(part, Quality::full)))
        images.push_back(std::move(image));
    }
  return images;
}

}  // namespace treegrpo
