// What the x axis of curves counts in: seconds up to minutes, then minutes, then hours.
#pragma once

#include "compare/scalars.h"

namespace treegrpo {

struct AxisUnit {
  const char* name;
  double per;  // of what is summed up
};

// For an axis that reaches to `last`.
AxisUnit axisUnit(XAxis axis, double last);

}  // namespace treegrpo
