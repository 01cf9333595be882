// What the window knows of the run in its process, or of the one that it follows, and which
// requests make sense then: a small state machine without Qt, so that every order of clicks and
// events is tested.
#pragma once

#include <cstdint>
#include <string_view>

#include "record/event.h"

namespace treegrpo {

enum class RunState : std::uint8_t {
  idle,       // no run, or the last one has ended
  preparing,  // asked for, LibTorch or the model still loading
  running,
  pausing,  // asked to pause, not at a safe point yet
  paused,
  stepping,      // going on to the end of one step
  stopping,      // ends at the next safe point, with a checkpoint
  stopping_now,  // ends at once
};

enum class RunRequest : std::uint8_t { start, pause, resume, step, stop };

// Whether a button for that request is enabled.
bool isAllowed(RunState state, RunRequest request);

// The state once that request has been passed on; the same state where it is not allowed.
RunState afterRequest(RunState state, RunRequest request);

// The state once the run has told that. What does not concern it leaves it as it is; a pause that
// arrives while the run is to stop does not undo the stop.
RunState afterEvent(RunState state, const Event& event);

// What the run's own control says that no event tells: a pause or a step that was asked for here
// may have been taken back elsewhere since.
struct RunHold {
  bool paused = false;    // a pause is wanted
  bool stepping = false;  // since a step and until it goes on
};
RunState reconciled(RunState state, const RunHold& hold);

// For the status bar: "Running", "Pausing…".
std::string_view nameOf(RunState state);

}  // namespace treegrpo
