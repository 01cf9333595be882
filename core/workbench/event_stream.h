// The way from a run to a screen: the engine's thread publishes, the screen drains when it likes.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

#include "record/event.h"
#include "record/ids.h"

namespace treegrpo {

struct StreamedEvent {
  // Running number of a committed event, from 0. A consumer that sees a gap reloads from the store.
  // None on what may be dropped without harm: TreeGrown, TreeCredited
  // and Progress.
  std::optional<std::uint64_t> number;
  RunId run;
  Event event;
};

// Any thread may call anything. Holds at most `capacity` events: without a consumer the unnumbered
// ones go first, then the oldest numbered ones, which the gap in the numbers tells.
class EventStream {
 public:
  explicit EventStream(std::size_t capacity = 256) : capacity_(capacity) {}

  // Never waits for a consumer.
  void publish(RunId run, Event event);

  // What is new since the last call, in order.
  std::vector<StreamedEvent> drain();

  // As drain, after waiting until there is something or the time is over.
  std::vector<StreamedEvent> wait_and_drain(std::chrono::milliseconds longest);

 private:
  void make_room();

  const std::size_t capacity_;
  std::mutex mutex_;
  std::condition_variable published_;
  std::deque<StreamedEvent> events_;  // guarded by mutex_
  std::uint64_t next_number_ = 0;     // guarded by mutex_
};

}  // namespace treegrpo
