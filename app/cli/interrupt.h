// Ctrl+C, SIGTERM and SIGHUP as a command to a run.
#pragma once

#include <array>
#include <csignal>

#include "workbench/run_control.h"

namespace treegrpo::cli {

// What the second signal does.
enum class SecondSignal {
  stops_at_once,     // the work is asked to end without its checkpoint
  ends_the_process,  // where the work leaves nothing half done whenever it ends
};

// While it lives, SIGINT, SIGTERM and SIGHUP (a terminal that goes away; not under nohup) call
// control.stop(): the first ends the work at its next safe point, the second at once, one more ends
// the process with exit code 5 (nothing committed is lost by that). SIGPIPE is ignored, so that a
// closed stdout is an error and no death. One at a time. Afterwards the handlers are those from
// before or, once interrupted, end the process with exit code 5.
class StopOnSignal {
 public:
  explicit StopOnSignal(RunControl& control, SecondSignal second = SecondSignal::stops_at_once);
  ~StopOnSignal();
  StopOnSignal(const StopOnSignal&) = delete;
  StopOnSignal& operator=(const StopOnSignal&) = delete;

  // From here on the first signal ends the process with exit code 5: for work after the training
  // that no hook interrupts, when the checkpoint is written.
  static void end_at_once_from_now_on();

  // Whether a signal came.
  static bool was_interrupted();

 private:
  static constexpr std::array<int, 4> handled = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
  std::array<struct sigaction, handled.size()> before_{};
};

}  // namespace treegrpo::cli
