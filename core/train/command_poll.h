// What the user wants of the run, asked at the safe points: between tree levels and micro-batches.
#pragma once

#include <functional>
#include <utility>

#include "engine/run_hooks.h"

namespace treegrpo {

// Remembers the strongest command: a stop, once heard, stays. Engine thread only.
class CommandPoll {
 public:
  // model: of the run, and whole whenever anything but SafePoint::part is asked at.
  CommandPoll(std::function<RunCommand(SafePoint, ModelWork*)> next_command,
              ModelWork* model = nullptr)
      : next_command_(std::move(next_command)), model_(model) {}

  // Asks; blocks while the run is paused.
  RunCommand ask(SafePoint point);

  RunCommand latest() const { return latest_; }
  bool stopping() const { return latest_ != RunCommand::proceed; }

  // Seconds that ask() has taken, all pauses among them: no part of any phase of the work.
  double waited_seconds() const { return waited_seconds_; }

 private:
  std::function<RunCommand(SafePoint, ModelWork*)> next_command_;
  ModelWork* model_;
  RunCommand latest_ = RunCommand::proceed;
  double waited_seconds_ = 0;
};

}  // namespace treegrpo
