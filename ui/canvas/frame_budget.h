// How much of the time painting may take: one budget for all canvases of a window, so that a run in
// the same process keeps its cores.
#pragma once

#include <algorithm>

namespace treegrpo {

// GUI thread only. Times are seconds of any clock that only goes forward.
class FrameBudget {
 public:
  explicit FrameBudget(double share = .05) : share_(share) {}

  // A frame that ended now took so long.
  void spend(double seconds, double now) { free_at_ = std::max(free_at_, now) + seconds / share_; }

  // How long the next frame that nobody waits for is to wait.
  double wait(double now) const { return std::max(0., free_at_ - now); }

 private:
  double share_;
  double free_at_ = 0;
};

}  // namespace treegrpo
