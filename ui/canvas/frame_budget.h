// How much of a core the window may take while a run in the same process trains: one budget for all
// that it shows of the run, so that the run keeps its cores.
#pragma once

#include <algorithm>
#include <optional>

namespace treegrpo {

// GUI thread only. `used` is the processor time that the thread has had (whatever it did), `now` is
// a clock that only goes forward, both in seconds.
class FrameBudget {
 public:
  explicit FrameBudget(double share = .05) : share_(share) {}

  // Whether something else needs the cores, as at first; where nothing does, nothing waits.
  void setShared(bool shared) { shared_ = shared; }

  // A user did something and looks at what comes of it: nothing waits for half a second.
  void hurry(double now) { hurry_until_ = now + .5; }
  bool hurried(double now) const { return now < hurry_until_; }

  // Takes down what the thread has used since the last time; after each frame.
  void settle(double used, double now) {
    if (settled_used_) {
      const double earned = share_ * (now - settled_at_);
      const double debt = std::max(0., debt_ - earned) + used - *settled_used_;
      debt_ = std::min(debt, share_ * longest_wait);
    }
    settled_used_ = used;
    settled_at_ = now;
  }

  // How long the next frame that nobody waits for is to wait; a second at most.
  double wait(double used, double now) {
    settle(used, now);
    return shared_ && !hurried(now) ? debt_ / share_ : 0;
  }

 private:
  static constexpr double longest_wait = 1;

  double share_;
  bool shared_ = true;
  double hurry_until_ = 0;
  double debt_ = 0;  // used beyond the share
  std::optional<double> settled_used_;
  double settled_at_ = 0;
};

}  // namespace treegrpo
