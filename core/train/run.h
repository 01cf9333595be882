// The loop around Trainer::iterate: evaluations, checkpoints, and the user's commands.
#pragma once

#include <string>
#include <vector>

#include "engine/engine.h"
#include "policy/policy.h"
#include "reward/reward_mix.h"
#include "train/prompt_source.h"

namespace treegrpo {

// What a run works with; the caller owns all of it.
struct RunParts {
  Policy& policy;  // with the model's own weights: those of the KL's reference
  const PromptSource& prompts;
  const RewardMix& rewards;
  std::vector<std::string> held_out;     // prompts of an evaluation
  std::vector<std::string> probes = {};  // those of a probe; none: no probes
};

// Whether a run needs those weights beside the current ones at any of its iterations: reference for
// the KL, ema for evaluations. They are kept from the start, so that every checkpoint has them.
bool keeps_weights(const TrainRequest& request, Weights weights);

// Trains from the start, or from request.resume_from, to config.run.iterations or until a command
// ends it; resumed or not, the same bytes. request.changes hold from their iterations on. Evaluates
// probes and writes checkpoints at boundaries of iterations only. Evaluations use the EMA weights
// where they are kept. If an error ends it and the last boundary has no checkpoint, one is written
// before the error goes on.
TrainResult run_training(const RunParts& parts, const TrainRequest& request, const RunHooks& hooks);

}  // namespace treegrpo
