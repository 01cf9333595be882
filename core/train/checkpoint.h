// A run on disk at an iteration's boundary, whole: folder checkpoint-000123 with weights, ema and
// optimizer as safetensors and the rest in state.json (train/checkpoint_state). Which checkpoints
// stay is the business of whoever keeps the run (workbench/checkpoint_keeping).
#pragma once

#include <filesystem>
#include <string>

#include "policy/policy.h"
#include "train/adamw.h"
#include "train/checkpoint_state.h"

namespace treegrpo {

// What is written and read.
struct CheckpointParts {
  Policy& policy;
  AdamW& optimizer;
  bool ema = false;  // the policy keeps EMA weights
};

// Writes beside, syncs, renames: the folder is there whole or not at all; one of the same name is
// replaced. state.files is filled in. Returns the folder. Throws Error if it cannot be written.
std::filesystem::path write_checkpoint(const std::filesystem::path& folder, CheckpointState state,
                                       const CheckpointParts& parts);

// Throws Error unless a run of that policy, whose model file has that fingerprint ("": whichever),
// can go on from the checkpoint: files whole, model the same, tensors those of the model, with an
// average if `ema`. Reads every file and changes nothing.
void check_checkpoint(const std::filesystem::path& checkpoint, Policy& policy,
                      const std::string& model, bool ema);

// Reads a checkpoint's folder into the parts. Throws Error if a file is missing or damaged or its
// tensors are not those of the model; then the parts may be half filled.
CheckpointState load_checkpoint(const std::filesystem::path& checkpoint,
                                const CheckpointParts& parts);

// Copies a file of weights into tensors of the same names and shapes, all of them.
void load_tensors(const std::filesystem::path& file, const NamedTensors& into);

}  // namespace treegrpo
