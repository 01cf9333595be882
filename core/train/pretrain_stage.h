// The loop that both stages of pretraining are: a loss, AdamW with a schedule, an average of the
// weights, and states on disk from which a stopped stage goes on bit for bit.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "engine/run_hooks.h"
#include "record/event.h"
#include "train/adamw.h"
#include "train/pretrain_config.h"
#include "weights/named_tensor.h"

namespace treegrpo {

// Who is told, and who may stop it. Either may be empty.
struct PretrainHooks {
  std::function<void(const Progress&)> progress;
  std::function<RunCommand()> proceed;
};

// What a stage trains. The functions must depend on the step and the weights alone.
struct StageTask {
  std::string name;        // "autoencoder"; its state is name.safetensors
  std::uint64_t seed = 0;  // of the config: a state of another seed is refused
  PretrainStage plan;
  AdamWOptions optimizer;
  std::string begins_from;  // of the config: a state of another beginning is refused
  NamedTensors weights;     // trained
  NamedTensors average;     // the same names; follows the weights, and is what is kept
  std::function<at::Tensor(std::int64_t step)> loss;
  // Scores the average: graded score first, then a sentence for the log.
  std::function<std::pair<double, std::string>(std::int64_t step)> evaluate;
  // Writes the model; called when an evaluation is at least as good as the best before.
  std::function<void(std::int64_t step, double score)> keep_best;
};

struct StageFiles {
  std::filesystem::path state_folder;
  std::int64_t state_every = 250;  // steps
  std::int64_t log_every = 50;     // steps
};

// Runs from the state on disk, or from the start, to the last step; false if it was stopped, with a
// state written. On return the average is that of the last step.
// Throws Error if the state on disk belongs to other settings, or the loss is not finite.
bool run_stage(const StageTask& task, const StageFiles& files, const PretrainHooks& hooks);

// The learning rate of one step of a plan.
double learning_rate_at(const PretrainStage& plan, std::int64_t step);

}  // namespace treegrpo
