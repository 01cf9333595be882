#include "run_state.h"

#include <variant>

namespace treegrpo {
namespace {

bool isEnding(RunState state) {
  return state == RunState::stopping || state == RunState::stopping_now;
}

}  // namespace

bool isAllowed(RunState state, RunRequest request) {
  switch (request) {
    case RunRequest::start:
      return state == RunState::idle;
    case RunRequest::pause:
      return state == RunState::preparing || state == RunState::running ||
             state == RunState::stepping;
    case RunRequest::resume:
      return state == RunState::pausing || state == RunState::paused || state == RunState::stepping;
    case RunRequest::step:
      return state == RunState::paused;
    case RunRequest::stop:
      return state != RunState::idle && state != RunState::stopping_now;
  }
  return false;
}

RunState afterRequest(RunState state, RunRequest request) {
  if (!isAllowed(state, request)) return state;
  switch (request) {
    case RunRequest::start:
      return RunState::preparing;
    case RunRequest::pause:
      return RunState::pausing;
    case RunRequest::resume:
      return RunState::running;
    case RunRequest::step:
      return RunState::stepping;
    case RunRequest::stop:
      return state == RunState::stopping ? RunState::stopping_now : RunState::stopping;
  }
  return state;
}

RunState afterEvent(RunState state, const Event& event) {
  if (std::holds_alternative<RunFinished>(event) || std::holds_alternative<RunFailed>(event))
    return RunState::idle;
  if (isEnding(state) || state == RunState::idle) return state;
  if (std::holds_alternative<RunPaused>(event)) return RunState::paused;
  if (std::holds_alternative<RunStarted>(event) && state == RunState::preparing)
    return RunState::running;
  if (std::holds_alternative<RunResumed>(event) &&
      (state == RunState::preparing || state == RunState::paused))
    return RunState::running;
  return state;
}

RunState reconciled(RunState state, const RunHold& hold) {
  const bool undone = (state == RunState::pausing && !hold.paused && !hold.stepping) ||
                      (state == RunState::stepping && !hold.stepping);
  return undone ? RunState::running : state;
}

std::string_view nameOf(RunState state) {
  switch (state) {
    case RunState::idle:
      return "Idle";
    case RunState::preparing:
      return "Preparing…";
    case RunState::running:
      return "Running";
    case RunState::pausing:
      return "Pausing…";
    case RunState::paused:
      return "Paused";
    case RunState::stepping:
      return "Stepping…";
    case RunState::stopping:
      return "Stopping…";
    case RunState::stopping_now:
      return "Stopping now…";
  }
  return "";
}

}  // namespace treegrpo
