// The pictures of a probe: fixed prompts from fixed seeds by the ODE, with their rewards and how
// far the weights have gone from the reference.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "policy/policy.h"
#include "record/probe_record.h"
#include "reward/reward_mix.h"
#include "sampler/transition.h"

namespace treegrpo {

// The step of the run's sampler, in whose noise KL is counted.
struct ProbeKl {
  StepKind kind = StepKind::flow_sde;
  double noise_level = 0;
};

struct ProbePlan {
  std::vector<std::string> prompts;
  std::vector<int> seeds;
  std::vector<double> sigmas;  // T + 1
  double guidance_scale = 1;
  int micro_batch = 0;  // as in GrowRequest
  Weights weights = Weights::current;
  std::optional<ProbeKl>
      kl;  // where the policy keeps reference weights: a second prediction a step
};

// Noise keys (seed of the picture, probe, 0, prompt): the same in every run and at every iteration.
// `iteration` is left to the caller. Records no gradient. Asks proceed() between batches and steps;
// nothing if it answers false.
std::optional<ProbeRecord> probe(Policy& policy, const RewardMix& rewards, const ProbePlan& plan,
                                 const std::function<bool()>& proceed);

}  // namespace treegrpo
