// Schedules of compared runs below each other, a lane each: which steps draw noise, how wide they
// branch, and where the lanes differ.
#pragma once

#include <string>
#include <vector>

#include "canvas/drawing.h"
#include "record/tree_schedule.h"
#include "style/theme.h"

namespace treegrpo {

struct CompareLanes {
  std::vector<std::string> letters;     // one a lane
  std::vector<TreeSchedule> schedules;  // likewise
  std::vector<int> different;           // steps that are not alike in all lanes
};

inline constexpr float compare_lane_height = 18;

// Height of a lane times their number, whatever the width. Hits: step, target the step.
Drawing lanesDrawing(const CompareLanes& lanes, float width, const Theme& theme);

}  // namespace treegrpo
