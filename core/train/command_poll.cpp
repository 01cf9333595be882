#include "train/command_poll.h"

#include <algorithm>

#include "base/clock.h"

namespace treegrpo {

RunCommand CommandPoll::ask(SafePoint point) {
  if (!next_command_) return latest_;
  const double start = monotonic_seconds();
  latest_ = std::max(latest_, next_command_(point, point == SafePoint::part ? nullptr : model_));
  waited_seconds_ += monotonic_seconds() - start;
  return latest_;
}

}  // namespace treegrpo
