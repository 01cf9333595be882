// The drawing of a branching schedule: how many latents each step evaluates as a band, the lanes of
// SDE and ODE steps below it, the handle of the noisy block above it.
#pragma once

#include <vector>

#include "canvas/drawing.h"
#include "record/tree_schedule.h"
#include "style/theme.h"

namespace treegrpo {

struct ScheduleLanes {
  TreeSchedule schedule;
  std::vector<double> sigmas;               // T + 1, may be empty
  std::vector<int> bad_steps;               // they get a mark
  int first_marked = -1, last_marked = -1;  // steps that keys act on; -1: none
  float label_width = 92;                   // room before the first column
  float column_width = 72;
  float scrolled = 0;  // pixels that columns are moved to the left
};

// What a hit of kind badge is; steps are hits of kind step.
enum class BlockHandle : std::int32_t { whole, first, last };

// Latents that each step evaluates: the frontier before it; over all roots.
std::vector<std::int64_t> frontiers(const TreeSchedule& schedule);

Drawing scheduleDrawing(const ScheduleLanes& lanes, float width, float height, const Theme& theme);

}  // namespace treegrpo
