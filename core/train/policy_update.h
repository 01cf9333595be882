// What becomes of the weights after the gradients are there: passes over one rollout, clipping of
// the norm, the optimiser's step (the update line of the path).
#pragma once

#include <functional>
#include <span>

#include "record/run_config.h"
#include "train/adamw.h"
#include "train/objective.h"

namespace treegrpo {

// AdamW as reinforcement learning uses it here: a short memory of squares.
AdamWOptions optimizer_options(const RunConfig& config);

struct UpdateRequest {
  ObjectiveOptions objective = {};
  int updates = 1;  // passes over the rollout, an optimiser step after each
  double learning_rate = 0;
  double gradient_clip = 0;                // largest norm; 0: no clipping
  std::function<bool()> proceed = {};      // asked before each micro-batch
  std::function<void()> before_step = {};  // called before weights change
  std::function<void()> after_step = {};   // and after
};

// Ratios are those of the first pass, against the stored log-probs; loss and norm are means over
// the passes; no value where nothing trained.
struct UpdateStats {
  double loss = no_value;
  double ratio_mean = no_value;
  double ratio_std = no_value;
  double ratio_max = no_value;
  double clip_fraction = no_value;  // of the edges of all passes
  double kl = no_value;             // of the first pass; none where it is off
  double grad_norm = no_value;      // before clipping
  std::int64_t trained_passes = 0;  // parents predicted
  bool complete = true;             // false: abandoned on the way
};

// Trains the current weights on the trees, and writes ratio and KL to their nodes. Throws Error
// naming prompt and iteration, before any weight of that pass changes, if loss or gradient is not
// finite.
UpdateStats update_policy(Policy& policy, AdamW& optimizer, std::span<GrownTree> trees,
                          const Conditioning& conditioning, const UpdateRequest& request);

}  // namespace treegrpo
