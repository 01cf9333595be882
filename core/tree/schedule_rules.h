// How the published methods fill a schedule: the functions that rows of the method table point to.
#pragma once

#include "record/run_config.h"

namespace treegrpo::schedule_rules {

// k children in each step of the window, ODE elsewhere (TreeGRPO Alg. 1).
TreeSchedule window_tree(const RunConfig& config, int iteration);

// Separate noises, every step but the last noisy and trained (Flow-GRPO).
TreeSchedule noisy_chains(const RunConfig& config, int iteration);

// One noise for all, every step but the last noisy, a share of them trained (DanceGRPO).
TreeSchedule partly_trained_chains(const RunConfig& config, int iteration);

// One noise for all, noise and training in the window only (MixGRPO).
TreeSchedule window_chains(const RunConfig& config, int iteration);

// Every step but the last noisy and trained, k children at the split steps (BranchGRPO).
TreeSchedule split_tree(const RunConfig& config, int iteration);

// As the config spells it out.
TreeSchedule spelled_out(const RunConfig& config, int iteration);

}  // namespace treegrpo::schedule_rules
