// How soon a group of runs reaches a value, and how much sooner one group does than another.
#pragma once

#include <cstdint>
#include <limits>

#include "compare/mean_curve.h"

namespace treegrpo {

// Where a mean that never gets there reaches the target: further than any place.
inline constexpr double not_reached = std::numeric_limits<double>::infinity();

struct Target {
  double value = 0;
  bool falling = false;  // reached from above, as a loss is
};

// The first x at which the mean over all the runs has reached the target; not_reached if it never
// does. Places where one of the runs has no value are passed over, so that no run is left out.
double time_to_target(const AlignedRuns& runs, const Target& target);

// How many times sooner a group gets there than a reference group.
struct TargetRatio {
  double ratio = no_value;  // reference's x over the group's: 2 is half the time. not_reached where
                            // only the group gets there, 0 where only the reference does, no_value
                            // where neither does
  Interval interval;        // 95 %, by bootstrap over the runs of both; its ends may be 0 or
                            // not_reached. no_value where a group has one run
  int undecided = 0;        // resamples in which neither got there, left out of the interval
};

TargetRatio target_ratio(const AlignedRuns& group, const AlignedRuns& reference,
                         const Target& target);

}  // namespace treegrpo
