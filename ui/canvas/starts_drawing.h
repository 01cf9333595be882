// Where the window of a schedule begins: how likely each start is and what it costs, and the starts
// of past and coming iterations, which the seed has fixed already.
#pragma once

#include <vector>

#include "canvas/drawing.h"
#include "style/theme.h"
#include "tree/schedule_cost.h"

namespace treegrpo {

struct StartsPlot {
  std::vector<WindowStart> run, drawn;  // as the run is now, as the draft would have it
  int shown_start = -1;                 // of the iteration that is shown
  int first_iteration = 0;              // of `starts`
  int live_iteration = -1;              // the newest of the run; later ones are as drawn
  int shown_iteration = 0;
  std::vector<int> starts;  // -1: without a window
};

// A hit of kind step is an iteration. Without a window it says so.
Drawing startsDrawing(const StartsPlot& plot, float width, float height, const Theme& theme);

}  // namespace treegrpo
