// One iteration of training, written like Algorithm 1: prompts, schedule, trees, images, rewards,
// credit, update.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/run_hooks.h"
#include "policy/policy.h"
#include "record/run_config.h"
#include "reward/reward_mix.h"
#include "rollout/tree.h"
#include "train/adamw.h"
#include "train/command_poll.h"
#include "train/policy_update.h"
#include "train/prompt_source.h"
#include "tree/advantage.h"

namespace treegrpo {

// What a trainer works with; the caller owns all of it.
struct TrainerParts {
  Policy& policy;
  AdamW& optimizer;
  const PromptSource& prompts;
  const RewardMix& rewards;
  CommandPoll& commands;
  const RunHooks& hooks;
};

// Engine thread only.
class Trainer {
 public:
  // The policy must have been asked to keep the reference weights (kl_beta > 0) and EMA weights
  // (ema.decay > 0). Throws a configuration Error on a name that is not one of the choices.
  Trainer(TrainerParts parts, const RunConfig& config);

  // From the next iteration on. Throws likewise.
  void set_config(const RunConfig& config);

  // Algorithm 1 once, up to hooks.iteration_finished. False: a command ended it and the iteration
  // is dropped. A stop that comes while weights change finishes the iteration first.
  // Throws Error naming prompt and iteration if a reward, the loss or a gradient is not finite.
  bool iterate(std::int32_t iteration);

  // The weights are those after the last finished iteration, as they were when it was announced.
  bool at_boundary() const { return at_boundary_; }

 private:
  std::optional<std::vector<GrownTree>> grow_trees(std::int32_t iteration,
                                                   const std::vector<std::string>& prompts,
                                                   const Conditioning& conditioning,
                                                   const TreeSchedule& schedule);
  at::Tensor decode(const std::vector<GrownTree>& trees);
  Credit assign_advantages(std::vector<GrownTree>& trees);
  UpdateStats update_weights(std::vector<GrownTree>& trees, const Conditioning& conditioning);

  TrainerParts parts_;
  RunConfig config_;
  ObjectiveOptions objective_;
  CreditOptions credit_;
  CreditState credit_state_;
  std::vector<double> sigmas_;
  std::optional<int> watched_;  // prompt of this iteration
  bool at_boundary_ = true;
};

}  // namespace treegrpo
