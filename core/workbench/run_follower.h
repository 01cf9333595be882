// A run that another process trains, through the store: what is committed there comes out as the
// events of a run of this process, and what is asked of it goes in as rows. The twin of RunThread.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "record/event.h"
#include "store/run_reader.h"
#include "workbench/event_stream.h"
#include "workbench/remote_control.h"

namespace treegrpo {

// Owned by one thread; the end of its life ends the following and leaves the run alone.
//
// It looks at the store four times a second, which costs one number where nothing was stored (less
// often where reading would take more than a tenth of a core), and tells: RunResumed or RunPaused
// at first and whenever that changes; iterations from the newest stored one on, with all trees of
// the newest at each look (those before it come without); options changed, evaluations and
// checkpoints since; at its end RunFinished or RunFailed. A run whose process is gone ends as
// interrupted. Trees that grow are in no store and never told.
class RunFollower {
 public:
  // Reads nothing yet. If the store cannot be read, a Warning says so and the following ends.
  RunFollower(std::filesystem::path store, RunId run);
  ~RunFollower();

  RunId run() const { return run_; }
  EventStream& events() { return events_; }
  bool done() const { return done_.load(); }

  // Asks it of the run, within a fraction of a second; a refusal is told as a Warning.
  void steer(SteeringCommand command);
  // How many options are to change by what steer() asked and do not hold yet.
  int pending_edits() const;

  // What was seen last; nothing before the first look.
  std::optional<RunNews> news() const;

 private:
  struct PendingEdit {
    std::string key;
    std::int32_t iteration = 0;  // under way when it was asked
  };

  void follow();
  void send(RunReader& reader);
  void note_edit(const ConfigEdit& edit);
  void look(RunReader& reader);
  void tell_state(RunReader& reader, const RunNews& before, const RunNews& now);
  void tell_changes(RunReader& reader);
  void tell_iterations(RunReader& reader, std::int32_t before, const RunNews& now);
  void tell_iteration(RunReader& reader, std::int32_t iteration, bool with_trees);
  void tell_scores(RunReader& reader, const RunNews& before, const RunNews& now);
  void tell_end(const RunNews& now);
  void settle(const std::string& key);
  void tell(Event event) { events_.publish(run_, std::move(event)); }

  const std::filesystem::path store_;
  const RunId run_;
  EventStream events_;
  std::atomic<bool> done_ = false;
  std::vector<ParameterChanged> changes_;  // that were told, or there at first
  bool hold_asked_ = false;                // a pause or a step, not told to have come about

  mutable std::mutex mutex_;
  std::condition_variable woken_;
  bool ended_ = false;                 // guarded by mutex_
  std::deque<SteeringCommand> asked_;  // guarded by mutex_
  std::vector<PendingEdit> pending_;   // guarded by mutex_
  std::optional<RunNews> news_;        // guarded by mutex_
  std::jthread thread_;                // last: everything above outlives it
};

}  // namespace treegrpo
