// How good the images of a model are: held-out prompts, fixed noises, the ODE. Never the noisy
// images of training, which look worse by the noise that is left in them.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "policy/policy.h"
#include "record/iteration_record.h"
#include "reward/reward_mix.h"

namespace treegrpo {

struct EvaluationPlan {
  std::vector<std::string> prompts;  // repeats get separate noises
  std::vector<double> sigmas;        // T + 1
  std::uint64_t seed = 0;
  double guidance_scale = 1;
  int micro_batch = 0;  // as in GrowRequest
  Weights weights = Weights::current;
};

// One image a prompt, from noise (seed, evaluate, 0, prompt, which repeat of it). Where every
// prompt is a caption of the bundled task, scene and scene_strict are among the metrics and by_task
// has its seven tasks; else one row "all". diversity: mean_pairwise_distance of the final latents
// of a prompt, mean over the prompts that repeat; of all latents where none does. `iteration` is
// left to the caller. Asks proceed() between batches and steps; nothing if it answers false.
std::optional<EvaluationRecord> evaluate(Policy& policy, const RewardMix& rewards,
                                         const EvaluationPlan& plan,
                                         const std::function<bool()>& proceed);

}  // namespace treegrpo
