#include "workbench/run_follower.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/clock.h"
#include "record/config_changes.h"
#include "workbench/failure.h"

namespace treegrpo {
namespace {

constexpr std::chrono::milliseconds look_interval(250);
constexpr double most_reading = .1;  // share of a core that reading may take
constexpr double life_seconds = 2;   // longest time between two looks at whether the process lives

RunStarted started(RunReader& reader, RunId run) {
  const RunSummary summary = reader.find_run(std::to_string(run.value));
  return {.name = summary.name,
          .method = summary.method,
          .seed = summary.seed,
          .threads = summary.provenance.threads,
          .device = summary.provenance.device};
}

// After a look that took so long.
std::chrono::milliseconds rest_after(double seconds) {
  const auto long_enough = static_cast<std::int64_t>(1000 * seconds * (1 / most_reading - 1));
  return std::max(look_interval, std::chrono::milliseconds(long_enough));
}

}  // namespace

RunFollower::RunFollower(std::filesystem::path store, RunId run)
    : store_(std::move(store)), run_(run), thread_([this] { follow(); }) {}

RunFollower::~RunFollower() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  woken_.notify_all();
}

void RunFollower::steer(SteeringCommand command) {
  {
    const std::lock_guard lock(mutex_);
    asked_.push_back(std::move(command));
  }
  woken_.notify_all();
}

int RunFollower::pending_edits() const {
  const std::lock_guard lock(mutex_);
  std::size_t count = pending_.size();
  for (const SteeringCommand& command : asked_)
    count = command.what == Steering::discard ? 0 : count + command.edit.assignments.size();
  return static_cast<int>(count);
}

std::optional<RunNews> RunFollower::news() const {
  const std::lock_guard lock(mutex_);
  return news_;
}

void RunFollower::follow() {
  try {
    RunReader reader(store_);
    double looked = 0;
    auto rest = look_interval;
    std::unique_lock lock(mutex_);
    while (!ended_ && !done_.load()) {
      lock.unlock();
      send(reader);
      const double now = monotonic_seconds();
      if (reader.changed() || looked == 0 || now - looked > life_seconds) {
        looked = now;
        look(reader);
        rest = rest_after(monotonic_seconds() - now);
      }
      lock.lock();
      woken_.wait_for(lock, rest, [this] { return ended_ || !asked_.empty(); });
    }
  } catch (...) {
    tell(Warning{"the run is no longer followed: " + std::string(current_failure().what())});
  }
  done_.store(true);
}

// What was asked since, each a transaction of its own.
void RunFollower::send(RunReader& reader) {
  std::unique_lock lock(mutex_);
  while (!asked_.empty()) {
    const SteeringCommand command = asked_.front();
    lock.unlock();
    std::string refusal;
    try {
      ask_run(reader, store_, run_, command);
    } catch (...) {
      refusal = current_failure().what();
    }
    lock.lock();
    asked_.pop_front();
    if (!refusal.empty()) {
      tell(Warning{"not asked of the run: " + refusal});
      continue;
    }
    hold_asked_ = command.what == Steering::pause || command.what == Steering::step;
    if (command.what == Steering::discard) pending_.clear();
    if (command.what == Steering::edit) note_edit(command.edit);
  }
}

// With the lock held.
void RunFollower::note_edit(const ConfigEdit& edit) {
  const std::int32_t under_way = news_ ? news_->newest_iteration + 1 : 0;
  for (const std::string& assignment : edit.assignments)
    pending_.push_back({.key = assigned_key(assignment), .iteration = under_way});
}

void RunFollower::look(RunReader& reader) {
  const RunNews now = reader.news(run_);
  const bool first = !news_;
  const RunNews before = news_.value_or(now);
  {
    const std::lock_guard lock(mutex_);
    news_ = now;
  }
  if (first) {
    changes_ = reader.parameter_changes(run_);
    if (now.status == RunStatus::running)
      tell(RunResumed{.run = started(reader, run_), .iteration = now.newest_iteration + 1});
    if (now.newest_iteration >= 0) tell_iteration(reader, now.newest_iteration, true);
    if (now.status == RunStatus::paused) tell(RunPaused{.iteration = now.newest_iteration + 1});
  } else {
    if (now.changes != before.changes) tell_changes(reader);
    if (now.newest_tree != before.newest_tree)
      tell_iterations(reader, before.newest_iteration, now);
    tell_scores(reader, before, now);
    tell_state(reader, before, now);
  }
  tell_end(now);
}

void RunFollower::tell_state(RunReader& reader, const RunNews& before, const RunNews& now) {
  if (now.status == RunStatus::running && before.status != RunStatus::running)
    tell(RunResumed{.run = started(reader, run_), .iteration = now.newest_iteration + 1});
  // A step may be over before anyone sees it go on.
  const bool held_again = hold_asked_ && now.commands_waiting == 0;
  if (now.status == RunStatus::paused && (before.status != RunStatus::paused || held_again)) {
    hold_asked_ = false;
    tell(RunPaused{.iteration = now.newest_iteration + 1});
  }
}

void RunFollower::tell_changes(RunReader& reader) {
  for (const ParameterChanged& change : reader.parameter_changes(run_)) {
    if (is_among(changes_, change)) continue;
    changes_.push_back(change);
    settle(change.key);
    tell(change);
  }
}

// An option that has changed is no longer to change.
void RunFollower::settle(const std::string& key) {
  const std::lock_guard lock(mutex_);
  std::erase_if(pending_, [&](const PendingEdit& edit) { return edit.key == key; });
}

// Those since, or one that a resumed run does again.
void RunFollower::tell_iterations(RunReader& reader, std::int32_t before, const RunNews& now) {
  for (std::int32_t iteration = before + 1; iteration < now.newest_iteration; ++iteration)
    tell_iteration(reader, iteration, false);
  tell_iteration(reader, now.newest_iteration, true);
  // What has not changed with the iteration after the one under way would change nothing.
  const std::lock_guard lock(mutex_);
  std::erase_if(pending_,
                [&](const PendingEdit& edit) { return now.newest_iteration > edit.iteration; });
}

void RunFollower::tell_iteration(RunReader& reader, std::int32_t iteration, bool with_trees) {
  IterationFinished finished{
      .record = std::make_shared<const IterationRecord>(reader.iteration(run_, iteration)),
      .trees = {}};
  if (with_trees)
    for (const PromptSummary& prompt : reader.prompts(run_, iteration))
      finished.trees.push_back(
          std::make_shared<const TreeRecord>(reader.tree(run_, iteration, prompt.prompt)));
  tell(std::move(finished));
}

void RunFollower::tell_scores(RunReader& reader, const RunNews& before, const RunNews& now) {
  if (now.newest_evaluation > before.newest_evaluation)
    for (const EvaluationRecord& record : reader.evaluations(run_))
      if (record.iteration > before.newest_evaluation)
        tell(EvaluationFinished{std::make_shared<const EvaluationRecord>(record)});
  if (now.newest_checkpoint > before.newest_checkpoint)
    for (const CheckpointRow& row : reader.checkpoints(run_))
      if (row.iterations > before.newest_checkpoint)
        tell(CheckpointWritten{.iteration = row.iterations, .path = row.path.string()});
}

void RunFollower::tell_end(const RunNews& now) {
  if (is_at_work(now.status)) return;
  if (now.status == RunStatus::failed)
    tell(RunFailed{.sentence = now.failure, .kind = {}, .place = {.iteration = now.iterations}});
  else
    tell(RunFinished{.status = now.status, .iterations = now.iterations});
  done_.store(true);
}

}  // namespace treegrpo
