// Ctrl+C and SIGTERM as a command to a run.
#pragma once

#include "workbench/run_control.h"

namespace treegrpo::cli {

// While it lives, SIGINT and SIGTERM call control.stop(): the first ends the run at the next safe
// point with a checkpoint, the second at once; the third ends the process (nothing committed is
// lost by that). SIGPIPE is ignored, so that a closed stdout is an error and no death. One at a
// time. Afterwards the handlers are the default ones or, once interrupted, end the process with
// exit code 5.
class StopOnSignal {
 public:
  explicit StopOnSignal(RunControl& control);
  ~StopOnSignal();
  StopOnSignal(const StopOnSignal&) = delete;
  StopOnSignal& operator=(const StopOnSignal&) = delete;

  // From here on the first signal ends the process with exit code 5: for work after the training
  // that no hook interrupts, when the checkpoint is written.
  static void end_at_once_from_now_on();

  // Whether a signal came.
  static bool was_interrupted();
};

}  // namespace treegrpo::cli
