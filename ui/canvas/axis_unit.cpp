#include "canvas/axis_unit.h"

namespace treegrpo {

AxisUnit axisUnit(XAxis axis, double last) {
  if (axis == XAxis::iteration) return {"iteration", 1};
  if (axis == XAxis::nfe) return last >= 1e5 ? AxisUnit{"thousand NFE", 1e3} : AxisUnit{"NFE", 1};
  if (axis == XAxis::images)
    return last >= 1e5 ? AxisUnit{"thousand images", 1e3} : AxisUnit{"images", 1};
  if (last >= 2 * 3600) return {"hours", 3600};
  return last >= 2 * 60 ? AxisUnit{"minutes", 60} : AxisUnit{"seconds", 1};
}

}  // namespace treegrpo
