// What train and resume tell while a run goes on, and how they end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/error.h"
#include "cli/terminal.h"
#include "record/event.h"
#include "record/ids.h"
#include "workbench/run_control.h"
#include "workbench/workbench.h"

namespace treegrpo::cli {

enum class OutputForm { text, json };

// The events of one run on stdout: lines for people, or the JSON of the contract; what that has no
// event for goes to stderr. When nobody reads stdout any more the run is stopped, with its
// checkpoint. The listener of a run is a call of tell().
class RunOutput {
 public:
  // planned: the total of iterations that is aimed at. control must outlive it.
  RunOutput(OutputForm form, std::int32_t planned, RunControl& control)
      : form_(form), planned_(planned), control_(control) {}

  void tell(RunId run, const Event& event);

  // The exit code of what the run returned; a stopped one is told how it goes on. Throws Error if
  // something could not be told.
  int end(const TrainResult& result, Workbench& workbench);

 private:
  void tell_json(const Event& event);
  std::string text_of(const Event& event) const;
  void show_progress(const IterationRecord& record);
  void print(const std::string& text);

  const OutputForm form_;
  const std::int32_t planned_;
  RunControl& control_;
  RunId run_;
  std::int32_t iterations_ = 0;  // done
  int seen_ = 0;                 // iterations of this call, and their seconds
  double seconds_ = 0;
  ProgressLine line_;
  std::optional<Error> failure_;  // why something could not be told
};

}  // namespace treegrpo::cli
