// What the trainer tells and asks whoever runs it. Training knows no store and no screen: the
// workbench fills these functions, self-check and benchmarks leave them empty. All are called on
// the engine thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "record/event.h"
#include "record/iteration_record.h"
#include "record/probe_record.h"
#include "record/tree_record.h"

namespace treegrpo {

class ModelWork;

// What the trainer is to do next. A pause is next_command not returning.
enum class RunCommand {
  proceed,
  stop,      // end at the next safe point, with a checkpoint
  stop_now,  // end at once; the unfinished iteration is dropped
};

// Where in an iteration the trainer asks for a command, the finest first. A run that is stepped
// pauses at the next point of that kind or of a later one in this list.
enum class SafePoint {
  part,       // between micro-batches: nothing is whole
  step,       // all trees have taken a denoising step
  trees,      // they are grown and their leaves have rewards
  update,     // the optimiser has taken a step
  iteration,  // between two iterations
};

// A checkpoint on disk, whole: its folder holds weights, ema, optimizer and state.
struct CheckpointFiles {
  std::int32_t iterations = 0;  // done when it was written
  std::string folder;
  double reward = no_value;  // of the evaluation nearest before it; picks the best
};

// A prompt whose trees are looked at while they grow.
struct WatchedPrompt {
  PromptId prompt;
  bool pictures = false;  // of what inner nodes are predicted to become: each costs a decoding
};

struct RunHooks {
  // After each level of the watched prompt's tree; must not keep references.
  std::function<void(const TreeGrown&)> tree_grown;
  // Once the watched prompt's trees have rewards and advantages.
  std::function<void(const TreeRecord&)> tree_credited;
  // Asked once an iteration; none: no calls of these two.
  std::function<std::optional<WatchedPrompt>()> watched_prompt;
  // Whether inner nodes of that iteration need preview images.
  std::function<bool(std::int32_t iteration)> previews_wanted;
  // Once an iteration, whole. Fills record.seconds.store and adds it to total.
  std::function<void(IterationRecord& record, std::vector<TreeRecord>&& trees)> iteration_finished;
  std::function<void(const EvaluationRecord&)> evaluated;
  std::function<void(ProbeRecord&&)> probed = {};
  std::function<void(const CheckpointFiles&)> checkpoint_written;
  // Asked at every safe point; may block while paused. `model` is what may be done with the run's
  // weights before it answers (model_work.h); none at SafePoint::part.
  std::function<RunCommand(SafePoint, ModelWork* model)> next_command;
  // Asked before each iteration: options that change with it, already checked; the weights before
  // them are then kept as a checkpoint, and `changed` says that they hold from now on.
  std::function<std::vector<ParameterChanged>(std::int32_t iteration)> changes;
  std::function<void(const std::vector<ParameterChanged>&)> changed;
  std::function<void(const std::string& sentence)> warn;
};

}  // namespace treegrpo
