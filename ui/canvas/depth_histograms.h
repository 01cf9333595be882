// The advantages of compared samples by depth: a row a step, the histograms of all samples over
// each other in it, all rows on one x axis and one scale.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "canvas/drawing.h"
#include "style/theme.h"

namespace treegrpo {

struct DepthSample {
  std::string letter;
  std::map<int, std::vector<double>> advantages;  // by the step that the edge takes
};

struct DepthHistograms {
  std::string title;
  std::vector<DepthSample> samples;  // in the order of their colours
};

// Hits: step, the row of that step. Without a value the drawing says so.
Drawing depthHistogramsDrawing(const DepthHistograms& histograms, float width, float height,
                               const Theme& theme);

// "Step 4: A n = 27, mean +0.01, s.d. 0.92; B …", for tooltips; empty for a step without values.
std::string depthWords(const DepthHistograms& histograms, int step);

}  // namespace treegrpo
