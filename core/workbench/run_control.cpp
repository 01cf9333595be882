#include "workbench/run_control.h"

#include <utility>

namespace treegrpo {

void RunControl::pause() {
  const std::lock_guard lock(mutex_);
  paused_ = true;
  step_to_.reset();
}

void RunControl::resume() {
  {
    const std::lock_guard lock(mutex_);
    paused_ = false;
    stepping_ = false;
    step_to_.reset();
  }
  changed_.notify_all();
}

void RunControl::step(SafePoint unit) {
  {
    const std::lock_guard lock(mutex_);
    if (!paused_) return;
    paused_ = false;
    stepping_ = true;
    step_to_ = unit;
  }
  changed_.notify_all();
}

bool RunControl::stepping() const {
  const std::lock_guard lock(mutex_);
  return stepping_;
}

void RunControl::end_step(SafePoint point) {
  const std::lock_guard lock(mutex_);
  if (!step_to_ || point < *step_to_) return;
  step_to_.reset();
  paused_ = true;
}

void RunControl::stop() noexcept { stops_.fetch_add(1); }

void RunControl::watch(std::optional<PromptId> prompt) {
  const std::lock_guard lock(mutex_);
  watched_ = prompt;
}

std::optional<PromptId> RunControl::watched() const {
  const std::lock_guard lock(mutex_);
  return watched_;
}

void RunControl::edit(ConfigEdit edit) {
  const std::lock_guard lock(mutex_);
  edits_.push_back(std::move(edit));
}

int RunControl::pending_edits() const {
  const std::lock_guard lock(mutex_);
  std::size_t count = 0;
  for (const ConfigEdit& edit : edits_) count += edit.assignments.size();
  return static_cast<int>(count);
}

std::vector<ConfigEdit> RunControl::take_edits() {
  const std::lock_guard lock(mutex_);
  return std::exchange(edits_, {});
}

bool RunControl::pause_wanted() const {
  const std::lock_guard lock(mutex_);
  return paused_;
}

std::optional<RunCommand> RunControl::stop_command() const {
  const int stops = stops_.load();
  if (stops == 0) return std::nullopt;
  return stops == 1 ? RunCommand::stop : RunCommand::stop_now;
}

void RunControl::ask(ModelJob job) {
  {
    const std::lock_guard lock(mutex_);
    if (!closed_) {
      jobs_.push_back(std::move(job));
      changed_.notify_all();
      return;
    }
  }
  job.dropped();
}

void RunControl::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  drop_jobs();
}

void RunControl::drop_jobs() {
  std::deque<ModelJob> dropped;
  {
    const std::lock_guard lock(mutex_);
    dropped.swap(jobs_);
  }
  for (const ModelJob& job : dropped) job.dropped();
}

// False if there is none.
bool RunControl::do_next_job(ModelWork& model, const std::function<void()>& working) {
  ModelJob job;
  {
    const std::lock_guard lock(mutex_);
    if (jobs_.empty()) return false;
    job = std::move(jobs_.front());
    jobs_.pop_front();
  }
  job.work(model, [&] {
    if (working) working();
    return stops_asked() == 0;
  });
  return true;
}

// Of a run that is paused where its weights are not whole: a step that nobody else asked for.
bool RunControl::goes_on_for_jobs() {
  const std::lock_guard lock(mutex_);
  if (!paused_ || jobs_.empty()) return false;
  paused_ = false;
  step_to_ = SafePoint::step;
  return true;
}

RunCommand RunControl::next_command(SafePoint point, const WaitingHooks& waiting,
                                    ModelWork* model) {
  end_step(point);
  while (true) {
    if (const auto stop = stop_command()) {
      drop_jobs();
      return *stop;
    }
    if (!model && goes_on_for_jobs()) return RunCommand::proceed;
    const bool paused = pause_wanted();
    if (paused && waiting.paused) waiting.paused();
    if (model && do_next_job(*model, waiting.working)) continue;
    if (!paused) return RunCommand::proceed;
    // Woken by resume and by work; a stop sends no wake-up (it may come from a signal handler),
    // hence the time.
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::milliseconds(200),
                      [this] { return !paused_ || !jobs_.empty(); });
  }
}

}  // namespace treegrpo
