#include "workbench/run_thread.h"

#include <utility>

#include "workbench/failure.h"

namespace treegrpo {

RunThread::RunThread(Work work) : thread_([this, work = std::move(work)] { run(work); }) {}

RunThread::~RunThread() {
  control_.stop();
  control_.stop();
}

void RunThread::run(const Work& work) {
  bool failure_told = false;
  try {
    work(control_, [&](RunId run, const Event& event) {
      failure_told = failure_told || std::holds_alternative<RunFailed>(event);
      events_.publish(run, event);
    });
  } catch (...) {
    const Error failure = current_failure();
    if (!failure_told)
      events_.publish(RunId{}, RunFailed{failure.what(), failure.kind(), failure.place()});
  }
  control_.close();
  done_.store(true);
}

}  // namespace treegrpo
