#include "interrupt.h"

#include <unistd.h>

#include <atomic>
#include <csignal>

#include "command.h"

namespace treegrpo::cli {
namespace {

// A signal handler gets no argument, so these have to be reachable from anywhere.
std::atomic<RunControl*> control_of_run = nullptr;
std::atomic<int> signals = 0;
std::atomic<bool> ends_at_once = false;

void handle(int) {
  const int count = signals.fetch_add(1) + 1;
  if (ends_at_once.load() || count > 2) ::_exit(exit_interrupted);
  if (RunControl* control = control_of_run.load()) control->stop();
}

void install(void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  for (const int signal : {SIGINT, SIGTERM}) ::sigaction(signal, &action, nullptr);
}

// A reader of stdout that goes away must not kill a run: writing fails instead.
void set_pipe_handler(void (*handler)(int)) { ::signal(SIGPIPE, handler); }

}  // namespace

StopOnSignal::StopOnSignal(RunControl& control) {
  signals.store(0);
  ends_at_once.store(false);
  control_of_run.store(&control);
  install(handle);
  set_pipe_handler(SIG_IGN);
}

StopOnSignal::~StopOnSignal() {
  control_of_run.store(nullptr);
  set_pipe_handler(SIG_DFL);
  // The program is on its way out already: one signal more changes nothing but its patience.
  if (was_interrupted())
    end_at_once_from_now_on();
  else
    install(SIG_DFL);
}

void StopOnSignal::end_at_once_from_now_on() { ends_at_once.store(true); }

bool StopOnSignal::was_interrupted() { return signals.load() > 0; }

}  // namespace treegrpo::cli
