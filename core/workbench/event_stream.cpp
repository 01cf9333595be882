#include "workbench/event_stream.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace treegrpo {
namespace {

bool may_be_dropped(const Event& event) {
  return std::holds_alternative<TreeGrown>(event) || std::holds_alternative<TreeCredited>(event) ||
         std::holds_alternative<Progress>(event);
}

}  // namespace

void EventStream::publish(RunId run, Event event) {
  {
    const std::lock_guard lock(mutex_);
    StreamedEvent streamed{.number = {}, .run = run, .event = std::move(event)};
    if (!may_be_dropped(streamed.event)) streamed.number = next_number_++;
    if (events_.size() >= capacity_) make_room();
    events_.push_back(std::move(streamed));
  }
  published_.notify_all();
}

void EventStream::make_room() {
  const auto unnumbered = std::find_if(events_.begin(), events_.end(),
                                       [](const StreamedEvent& held) { return !held.number; });
  events_.erase(unnumbered != events_.end() ? unnumbered : events_.begin());
}

std::vector<StreamedEvent> EventStream::drain() {
  std::deque<StreamedEvent> taken;
  {
    const std::lock_guard lock(mutex_);
    taken.swap(events_);
  }
  return {std::make_move_iterator(taken.begin()), std::make_move_iterator(taken.end())};
}

std::vector<StreamedEvent> EventStream::wait_and_drain(std::chrono::milliseconds longest) {
  {
    std::unique_lock lock(mutex_);
    published_.wait_for(lock, longest, [this] { return !events_.empty(); });
  }
  return drain();
}

}  // namespace treegrpo
