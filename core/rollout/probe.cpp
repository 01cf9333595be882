#include "rollout/probe.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <utility>

#include "base/clock.h"
#include "base/noise_key.h"
#include "policy/pictures.h"
#include "rollout/guidance.h"
#include "rollout/leaf_images.h"
#include "rollout/ode_latents.h"
#include "sampler/noise.h"

namespace treegrpo {
namespace {

// A picture's prompt and noise, prompt by prompt.
struct Pictures {
  std::vector<std::string> prompts;
  std::vector<std::int64_t> rows;
  std::vector<NoiseCounter> noise;
};

Pictures pictures_of_plan(const ProbePlan& plan) {
  Pictures pictures;
  for (std::size_t prompt = 0; prompt < plan.prompts.size(); ++prompt)
    for (const int seed : plan.seeds) {
      pictures.prompts.push_back(plan.prompts[prompt]);
      pictures.rows.push_back(static_cast<std::int64_t>(prompt));
      pictures.noise.push_back(noise_counter({.seed = static_cast<std::uint64_t>(seed),
                                              .stream = NoiseStream::probe,
                                              .prompt_hash = prompt_hash(plan.prompts[prompt])}));
    }
  return pictures;
}

// Adds up the KL of each picture's steps.
class KlSum {
 public:
  KlSum(Policy& policy, const ProbePlan& plan, const Conditioning& conditioning,
        std::size_t pictures)
      : policy_(policy), plan_(plan), conditioning_(conditioning), sums_(pictures, 0.) {}

  void add(const OdeStep& step) {
    if (!plan_.kl || step.step + 2 >= plan_.sigmas.size()) return;  // the last draws no noise
    const double std = transition_std(plan_.kl->kind, step.sigmas, plan_.kl->noise_level);
    if (!(std > 0)) return;
    const at::Tensor reference = predict_guided(
        policy_, step.x, at::full({step.x.size(0)}, step.sigmas.sigma, step.x.options()),
        {.conditioning = &conditioning_,
         .rows = step.rows,
         .scale = plan_.guidance_scale,
         .weights = Weights::reference});
    const at::Tensor kl = transition_kl(mean(step, step.prediction), mean(step, reference), std)
                              .to(at::kCPU, at::kDouble)
                              .contiguous();
    for (std::int64_t i = 0; i < kl.size(0); ++i)
      sums_[static_cast<std::size_t>(step.first + i)] += kl.data_ptr<double>()[i];
    if (step.first == 0) ++steps_;
  }

  double value(std::size_t picture) const {
    return steps_ > 0 ? sums_[picture] / steps_ : no_value;
  }

 private:
  at::Tensor mean(const OdeStep& step, const at::Tensor& prediction) const {
    return transition(plan_.kl->kind, prediction, step.x, step.sigmas, plan_.kl->noise_level).mean;
  }

  Policy& policy_;
  const ProbePlan& plan_;
  const Conditioning& conditioning_;
  std::vector<double> sums_;
  int steps_ = 0;
};

std::vector<NamedValue> rewards_of(const RewardMix& rewards,
                                   const std::vector<std::vector<double>>& columns,
                                   std::size_t picture) {
  std::vector<NamedValue> values;
  for (std::size_t column = 0; column < columns.size(); ++column)
    values.push_back({rewards.names()[column], columns[column][picture]});
  return values;
}

}  // namespace

std::optional<ProbeRecord> probe(Policy& policy, const RewardMix& rewards, const ProbePlan& plan,
                                 const std::function<bool()>& proceed) {
  const c10::NoGradGuard no_grad;
  const double begin = monotonic_seconds();
  const Pictures pictures = pictures_of_plan(plan);
  const Conditioning conditioning = policy.encode(plan.prompts);
  KlSum kl(policy, plan, conditioning, pictures.prompts.size());
  const at::Tensor latents =
      ode_latents(policy,
                  {.conditioning = &conditioning,
                   .rows = at::tensor(pictures.rows, at::kLong),
                   .start = normal_noise(pictures.noise, policy.info().latent_shape),
                   .sigmas = plan.sigmas,
                   .guidance_scale = plan.guidance_scale,
                   .micro_batch = plan.micro_batch,
                   .weights = plan.weights},
                  proceed, [&](const OdeStep& step) { kl.add(step); });
  if (!latents.defined()) return std::nullopt;
  const at::Tensor images = decode_leaves(policy, latents, plan.micro_batch, proceed);
  if (!images.defined()) return std::nullopt;
  const auto columns = rewards.score(images, pictures.prompts);
  std::vector<Image> drawn = pictures_of(images);

  ProbeRecord record;
  std::size_t picture = 0;
  for (const std::string& text : plan.prompts) {
    ProbedPrompt prompt{.text = text, .diversity = no_value, .pictures = {}};
    for (const int seed : plan.seeds) {
      prompt.pictures.push_back({.seed = seed,
                                 .rewards = rewards_of(rewards, columns, picture),
                                 .kl = kl.value(picture),
                                 .image = std::move(drawn[picture])});
      ++picture;
    }
    prompt.diversity = picture_diversity(prompt.pictures);
    record.prompts.push_back(std::move(prompt));
  }
  record.seconds = monotonic_seconds() - begin;
  return record;
}

}  // namespace treegrpo
