// A run on disk at an iteration's boundary, whole: folder checkpoint-000123 with weights, ema and
// optimizer as safetensors and the rest in state.json. Which checkpoints stay is the business of
// whoever keeps the run (workbench/checkpoint_keeping).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "policy/policy.h"
#include "record/tree_record.h"
#include "train/adamw.h"

namespace treegrpo {

// What a checkpoint remembers beside tensors. Prompts, schedules, noise and the EMA's ramp follow
// from seed and iteration; the optimiser's step counts are among its tensors.
struct CheckpointState {
  std::int32_t iterations = 0;  // done
  std::int32_t evaluated = -1;  // iterations done at the last evaluation; -1: none yet
  double reward = no_value;     // of that evaluation
  std::string config;           // the run's config as TOML
};

// What is written and read.
struct CheckpointParts {
  Policy& policy;
  AdamW& optimizer;
  bool ema = false;  // the policy keeps EMA weights
};

// "checkpoint-000123".
std::string checkpoint_name(std::int32_t iterations);

// Writes beside, syncs, renames: the folder is there whole or not at all; one of the same name is
// replaced. Returns it. Throws Error if it cannot be written.
std::filesystem::path write_checkpoint(const std::filesystem::path& folder,
                                       const CheckpointState& state, const CheckpointParts& parts);

// Reads a checkpoint's folder into the parts. Throws Error if a file is missing or damaged or its
// tensors are not those of the model; then the parts may be half filled.
CheckpointState load_checkpoint(const std::filesystem::path& checkpoint,
                                const CheckpointParts& parts);

// Copies a file of weights into tensors of the same names and shapes, all of them.
void load_tensors(const std::filesystem::path& file, const NamedTensors& into);

}  // namespace treegrpo
