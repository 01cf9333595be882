// The schedule over a training: an axis of iterations with a lane from keyframe to keyframe, a mark
// where each begins, and where the run and the editor are.
#pragma once

#include <string>
#include <vector>

#include "canvas/drawing.h"
#include "style/theme.h"

namespace treegrpo {

// From one keyframe to the next.
struct KeyframeLane {
  int first = 0, end = 1;  // iterations [first, end)
  std::string words;       // what holds there
  bool staged = false;     // the run does not have it so
};

struct KeyframesPlot {
  std::vector<KeyframeLane> lanes;  // the first begins at 0, every other with a keyframe
  int live_iteration = -1;          // the newest of the run
  int shown_iteration = 0;
};

// A hit of kind badge is a keyframe's mark (target: its number), one of kind step a lane.
Drawing keyframesDrawing(const KeyframesPlot& plot, float width, float height, const Theme& theme);

// Which iteration lies at a place across the drawing.
int keyframeIterationAt(const KeyframesPlot& plot, float width, float x);

}  // namespace treegrpo
