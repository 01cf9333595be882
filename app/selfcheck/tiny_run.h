// A run of the bundled task without store or screen: what a trainer needs, and one iteration at a
// time from it.
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <string>
#include <vector>

#include "record/iteration_record.h"
#include "record/run_config.h"
#include "record/tree_record.h"
#include "selfcheck/check.h"
#include "train/adamw.h"
#include "train/command_poll.h"
#include "train/run_setup.h"
#include "train/trainer.h"

namespace treegrpo::selfcheck {

// As experiments/tiny/treegrpo.toml, with a fixed window in the middle, so that every iteration
// costs the same; another method as it was published, with 27 images a prompt.
RunConfig tiny_config(const std::string& method, const at::Device& device, int prompts);

// Owns all of it; stays where it was made.
class TinyRun {
 public:
  TinyRun(const Machine& machine, const RunConfig& config);
  TinyRun(const TinyRun&) = delete;
  TinyRun& operator=(const TinyRun&) = delete;

  // Iteration 0 from the weights as they are.
  const IterationRecord& iterate();

  // Of the last iteration.
  const std::vector<TreeRecord>& trees() const { return trees_; }
  // All that trains, one after the other, on the CPU.
  at::Tensor weights() const;

  Policy& policy() { return *setup_.policy; }
  AdamW& optimizer() { return optimizer_; }
  const RunSetup& setup() const { return setup_; }

 private:
  RunSetup setup_;
  RunHooks hooks_;
  CommandPoll commands_;
  AdamW optimizer_;
  IterationRecord record_;
  std::vector<TreeRecord> trees_;
  Trainer trainer_;
};

}  // namespace treegrpo::selfcheck
