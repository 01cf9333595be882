// What a user may ask of a running run: pause, step, resume, stop, and which prompt's tree to
// watch, and work with its weights. The trainer asks next_command() at every safe point.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "engine/model_work.h"
#include "engine/run_hooks.h"
#include "record/ids.h"
#include "workbench/live_changes.h"

namespace treegrpo {

// Work with the weights of a run, asked from outside it. One of the two is called, once.
struct ModelJob {
  // On the run's thread; must not throw. `goes_on` answers false once the run is to stop.
  std::function<void(ModelWork& model, const Proceed& goes_on)> work;
  // The run ended before it came to it. On the thread that ended it or that asked.
  std::function<void()> dropped;
};

// Called on the run's thread while it does not train.
struct WaitingHooks {
  std::function<void()> paused = {};   // at once and then about five times a second
  std::function<void()> working = {};  // between parts of a job
};

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
  // What edit() was given since, in order: for the run, or to take it back.
  std::vector<ConfigEdit> take_edits();
  // How many options they are to change.
  int pending_edits() const;
  // Work for the next safe point where the weights are whole, in order, one at a time, paused or
  // not: a paused run does it at once and stays paused. One that is paused at SafePoint::part goes
  // on to the next point for it and pauses there. A stop, or the end of the run, drops it.
  void ask(ModelJob job);
  // The run has ended: drops what is asked, now and from now on.
  void close();

  bool pause_wanted() const;
  int stops_asked() const { return stops_.load(); }

  // What the trainer, at that point, is to do, after the work that is asked of its model; none
  // where that is not whole. Returns only when the run is not paused, or is to stop.
  RunCommand next_command(SafePoint point, const WaitingHooks& waiting = {},
                          ModelWork* model = nullptr);

 private:
  bool do_next_job(ModelWork& model, const std::function<void()>& working);
  bool goes_on_for_jobs();
  void drop_jobs();
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
  std::deque<ModelJob> jobs_;         // guarded by mutex_
  bool closed_ = false;               // guarded by mutex_
};

static_assert(std::atomic<int>::is_always_lock_free);

}  // namespace treegrpo
