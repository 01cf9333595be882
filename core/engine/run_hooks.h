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
#include "record/tree_record.h"

namespace treegrpo {

// What the trainer is to do next. A pause is next_command not returning.
enum class RunCommand {
  proceed,
  stop,      // end at the next safe point, with a checkpoint
  stop_now,  // end at once; the unfinished iteration is dropped
};

// A checkpoint on disk, whole: its folder holds weights, ema, optimizer and state.
struct CheckpointFiles {
  std::int32_t iterations = 0;  // done when it was written
  std::string folder;
  double reward = no_value;  // of the evaluation nearest before it; picks the best
};

struct RunHooks {
  // After each level of the watched prompt's tree; must not keep references.
  std::function<void(const TreeGrown&)> tree_grown;
  // Which prompt of the iteration is watched; none: no tree_grown calls.
  std::function<std::optional<PromptId>()> watched_prompt;
  // Whether inner nodes of that iteration need preview images.
  std::function<bool(std::int32_t iteration)> previews_wanted;
  // Once an iteration, whole. Fills record.seconds.store and adds it to total.
  std::function<void(IterationRecord& record, std::vector<TreeRecord>&& trees)> iteration_finished;
  std::function<void(const EvaluationRecord&)> evaluated;
  std::function<void(const CheckpointFiles&)> checkpoint_written;
  // Asked between tree levels and micro-batches; may block while paused.
  std::function<RunCommand()> next_command;
  std::function<void(const std::string& sentence)> warn;
};

}  // namespace treegrpo
