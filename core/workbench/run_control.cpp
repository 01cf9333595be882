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

RunCommand RunControl::next_command(SafePoint point, const std::function<void()>& while_paused) {
  end_step(point);
  while (true) {
    if (const auto stop = stop_command()) return *stop;
    if (!pause_wanted()) return RunCommand::proceed;
    if (while_paused) while_paused();
    // Woken by resume; a stop sends no wake-up (it may come from a signal handler), hence the time.
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::milliseconds(200), [this] { return !paused_; });
  }
}

}  // namespace treegrpo
