// One training run, new or resumed, from its row in the store to its last event: fills the
// trainer's hooks with the store, the listener and the user's commands. What is announced is
// committed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "engine/engine.h"
#include "record/event.h"
#include "record/run_config.h"
#include "store/run_writer.h"
#include "workbench/checkpoint_keeping.h"
#include "workbench/claimed_run.h"
#include "workbench/run_control.h"

namespace treegrpo {

// Called on the run's thread after the commit; may take its time, training waits for it.
using EventListener = std::function<void(RunId, const Event&)>;

struct RunPlan {
  std::filesystem::path store;
  RunConfig config;             // stored as it is, with what it left to the machine spelled out
  std::filesystem::path model;  // config.model.path, resolved
};

// Used by the thread that trains; `control` by anyone.
class RunSession {
 public:
  // Checks all that can be checked, then makes the run in the store. Throws Error, leaving no run,
  // if it could not be run. engine, control and what the listener holds must outlive the session.
  RunSession(Engine& engine, RunPlan plan, RunControl& control, EventListener listener);

  // Goes on with a run of the store, with its own config. Throws Error, leaving the run as it was,
  // if it could not go on: as above, and if its model's file or its checkpoint is not what it was.
  RunSession(Engine& engine, ClaimedRun run, RunControl& control, EventListener listener);

  RunId run() const { return writer_->run(); }
  const std::string& name() const { return writer_->name(); }
  const RunConfig& config() const { return request_.config; }

  // Trains to the end or until stopped; once. Whatever is thrown on the way makes the run failed
  // and is announced (RunFailed), then thrown on as an Error; committed iterations stand.
  TrainResult train();

 private:
  RunHooks hooks();
  RunStarted started() const;
  void announce_start();
  void commit_iteration(IterationRecord& record, std::vector<TreeRecord>&& trees);
  void commit_evaluation(const EvaluationRecord& record);
  void commit_probe(ProbeRecord&& record);
  void commit_checkpoint(const CheckpointFiles& files);
  void announce(const Event& event) { listener_(run(), event); }
  std::optional<WatchedPrompt> watched_prompt();
  void announce_growth(TreeGrown grown);
  void flush_growth();
  RunCommand next_command(SafePoint point, ModelWork* model);
  void pause();
  void leave_pause();
  void beat();
  void listen();
  std::vector<ParameterChanged> take_changes(std::int32_t iteration);
  void commit_changes(const std::vector<ParameterChanged>& changes);
  Error fail();

  Engine& engine_;
  RunControl& control_;
  EventListener listener_;
  TrainRequest request_;
  std::unique_ptr<RunWriter> writer_;

  bool resumed_ = false;
  std::vector<ParameterChanged> changed_;      // by the request to resume; told at the start
  std::vector<std::string> warnings_;          // told at the start
  std::vector<ScoredCheckpoint> checkpoints_;  // of the store, in order of iterations
  std::int32_t iteration_ = 0;                 // under way
  double last_store_seconds_ = 0;              // of the commit before
  double last_beat_ = 0;
  double last_listened_ = 0;
  std::optional<TreeGrown> growth_;  // not announced yet
  double last_growth_ = 0;
  double picture_seconds_ = 0;  // spent on pictures that are only looked at
  bool paused_ = false;
  double started_ = 0;
  double paused_since_ = 0;
  double paused_seconds_ = 0;  // of all pauses that are over
};

}  // namespace treegrpo
