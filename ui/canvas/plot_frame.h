// What curves and histograms share: a box with two axes, from numbers to pixels, and its grid,
// ticks and title as items.
#pragma once

#include <string>

#include "canvas/axis_ticks.h"
#include "canvas/drawing.h"
#include "style/theme.h"

namespace treegrpo {

struct PlotFrame {
  Box area;  // where data lies; ticks and title are around it
  AxisScale x, y;

  float xOf(double value) const {
    return area.left + area.width * static_cast<float>((value - x.least) / (x.most - x.least));
  }
  float yOf(double value) const {
    return area.bottom() - area.height * static_cast<float>((value - y.least) / (y.most - y.least));
  }
};

// Room that the title takes above an area, and the numbers of the x axis below it.
inline constexpr float title_height = 28, ticks_height = 20;

// Room left of an area for the numbers of a y axis.
float tickRoom(const AxisScale& y);

// Adds the grid with its numbers, the bottom axis and the name of x at its right end.
void addAxes(const PlotFrame& frame, const std::string& x_label, const Theme& theme,
             Drawing& drawing);

// Adds the title, strong, and after it the caption as far as there is room.
void addTitle(const PlotFrame& frame, const std::string& title, const std::string& caption,
              const Theme& theme, Drawing& drawing);

// The text as far as it fits in a width, with an ellipsis where it was cut.
std::string fitted(const std::string& text, float width);

}  // namespace treegrpo
