#include "workbench/run_control.h"

namespace treegrpo {

void RunControl::pause() {
  const std::lock_guard lock(mutex_);
  paused_ = true;
}

void RunControl::resume() {
  {
    const std::lock_guard lock(mutex_);
    paused_ = false;
  }
  changed_.notify_all();
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

bool RunControl::pause_wanted() const {
  const std::lock_guard lock(mutex_);
  return paused_;
}

std::optional<RunCommand> RunControl::stop_command() const {
  const int stops = stops_.load();
  if (stops == 0) return std::nullopt;
  return stops == 1 ? RunCommand::stop : RunCommand::stop_now;
}

RunCommand RunControl::next_command(const std::function<void()>& while_paused) {
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
