#include "interrupt.h"

#include <unistd.h>

#include <atomic>
#include <cstddef>

#include "command.h"

namespace treegrpo::cli {
namespace {

// A signal handler gets no argument, so these have to be reachable from anywhere.
std::atomic<RunControl*> control_of_run = nullptr;
std::atomic<int> signals = 0;
std::atomic<int> commands = 0;  // signals that are commands; one more ends the process

void handle(int) {
  if (signals.fetch_add(1) >= commands.load()) ::_exit(exit_interrupted);
  if (RunControl* control = control_of_run.load()) control->stop();
}

}  // namespace

StopOnSignal::StopOnSignal(RunControl& control, SecondSignal second) {
  signals.store(0);
  commands.store(second == SecondSignal::stops_at_once ? 2 : 1);
  control_of_run.store(&control);
  for (std::size_t i = 0; i < handled.size(); ++i) {
    struct sigaction action {};
    action.sa_flags = SA_RESTART;
    // A reader of stdout that goes away must not kill a run: writing fails instead.
    action.sa_handler = handled[i] == SIGPIPE ? SIG_IGN : handle;
    ::sigaction(handled[i], nullptr, &before_[i]);
    const bool under_nohup = handled[i] == SIGHUP && before_[i].sa_handler == SIG_IGN;
    if (!under_nohup) ::sigaction(handled[i], &action, nullptr);
  }
}

StopOnSignal::~StopOnSignal() {
  control_of_run.store(nullptr);
  // Interrupted, the program is on its way out: one signal more changes nothing but its patience.
  end_at_once_from_now_on();
  for (std::size_t i = 0; i < handled.size(); ++i)
    if (handled[i] == SIGPIPE || !was_interrupted()) ::sigaction(handled[i], &before_[i], nullptr);
}

void StopOnSignal::end_at_once_from_now_on() { commands.store(0); }

bool StopOnSignal::was_interrupted() { return signals.load() > 0; }

}  // namespace treegrpo::cli
