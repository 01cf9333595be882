// Where the parts of a curve's plot lie: its axes from the data, and the room for labels at the
// ends of lines. Shared by the drawing and by what is asked of it.
#pragma once

#include <cstddef>

#include "canvas/curve_drawing.h"
#include "canvas/plot_frame.h"

namespace treegrpo {

PlotFrame curveFrame(const CurvePlot& plot, float width, float height);

// Whether a series has a finite number at all; one without is left out, not broken.
bool hasValues(const CurveSeries& series);

// Whether a band of the line's size is given.
bool hasBand(const CurveSeries& series);

// The last finite point; series.y.size() if there is none.
std::size_t lastValue(const CurveSeries& series);

// What stands beside the last point: its label and its number.
std::string endText(const CurveSeries& series);

// Distance of two neighbouring x, the least there is; 1 for fewer than two.
double spacing(const CurveSeries& series);

}  // namespace treegrpo
