// What a user may ask of a running run: pause, step, resume, stop, and which prompt's tree to
// watch. The trainer asks next_command() at every safe point.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "engine/run_hooks.h"
#include "record/ids.h"
#include "workbench/live_changes.h"

namespace treegrpo {

// Commands may come from any thread, in any order; next_command is the run's thread's alone.
class RunControl {
 public:
  void pause();
  void resume();  // without effect on a run that is not paused

  // Lets a paused run go on to its next safe point of that kind or a later one, where it is paused
  // again. Without effect on a run that is not paused.
  void step(SafePoint unit);
  // Since a step and until it is resumed: somebody looks at every one.
  bool stepping() const;

  // The first call ends the run at its next safe point, with a checkpoint; another one at once. A
  // paused run stops too. Touches one lock-free atomic only: a signal handler may call it.
  void stop() noexcept;

  // Sends the growing trees of that prompt of each iteration; none: no trees are sent.
  void watch(std::optional<PromptId> prompt);
  std::optional<PromptId> watched() const;

  // Changes options with the next iteration; each edit is accepted or refused as a whole
  // (ParameterChanged, Warning).
  void edit(ConfigEdit edit);
  // What edit() was given since, in order. For the run's thread.
  std::vector<ConfigEdit> take_edits();

  bool pause_wanted() const;
  int stops_asked() const { return stops_.load(); }

  // What the trainer, at that point, is to do. Returns only when the run is not paused, or is to
  // stop; while it waits, `while_paused` is called at once and then about five times a second.
  RunCommand next_command(SafePoint point, const std::function<void()>& while_paused = {});

 private:
  std::optional<RunCommand> stop_command() const;
  void end_step(SafePoint point);

  std::atomic<int> stops_ = 0;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool paused_ = false;               // guarded by mutex_
  bool stepping_ = false;             // guarded by mutex_
  std::optional<SafePoint> step_to_;  // guarded by mutex_; a step on its way
  std::optional<PromptId> watched_;   // guarded by mutex_
  std::vector<ConfigEdit> edits_;     // guarded by mutex_
};

static_assert(std::atomic<int>::is_always_lock_free);

}  // namespace treegrpo
