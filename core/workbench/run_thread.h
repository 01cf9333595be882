// A run on a thread of its own, for a window: commands go in through RunControl, events come out of
// an EventStream.
#pragma once

#include <atomic>
#include <functional>
#include <thread>

#include "record/event.h"
#include "workbench/event_stream.h"
#include "workbench/run_control.h"
#include "workbench/run_session.h"

namespace treegrpo {

// Owned by one thread; the end of its life stops the run at once and waits for it.
class RunThread {
 public:
  // What the thread does: build a session with this control and listener, and train. Whatever it
  // throws before a run exists is announced as RunFailed of run 0.
  using Work = std::function<void(RunControl&, const EventListener&)>;

  explicit RunThread(Work work);
  ~RunThread();

  RunControl& control() { return control_; }
  EventStream& events() { return events_; }
  bool done() const { return done_.load(); }

 private:
  void run(const Work& work);

  RunControl control_;
  EventStream events_;
  std::atomic<bool> done_ = false;
  std::jthread thread_;  // last: everything above outlives it
};

}  // namespace treegrpo
