// The branching schedule: what each denoising step does. One value expresses every method
// (Algorithm 1's W(l), k and the number of trees); its counts and checks are in tree/schedule.h.
#pragma once

#include <vector>

namespace treegrpo {

// One denoising step of every node that reaches it.
struct StepPlan {
  int branch = 1;          // children of each node, >= 1
  double noise_level = 0;  // a of the transition; 0 is the ODE step
  bool train = false;      // its edges get gradients; needs noise_level > 0

  bool operator==(const StepPlan&) const = default;
};

struct TreeSchedule {
  int roots = 1;                  // trees of a prompt
  bool shared_root_noise = true;  // all roots of a prompt start from the same noise
  std::vector<StepPlan> steps;    // from noise to image, size T
  int window_start = -1;          // first step of the window, -1 where a method has none

  bool operator==(const TreeSchedule&) const = default;
};

}  // namespace treegrpo
