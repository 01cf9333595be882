// A part of a plot's x axis, as zooming shows it.
#pragma once

#include "canvas/curve_drawing.h"
#include "canvas/tree_figures.h"

namespace treegrpo {

// The plot with what its lines and bands have between from_x and to_x; where a line crosses one of
// them it ends there. The plot itself where no part is asked for.
CurvePlot shownPart(const CurvePlot& plot);

// The part that shows when the axis is stretched by a factor around `x`, and when it is moved by a
// share of what it shows; within the data. No range: all of it shows again.
Range zoomedX(const CurvePlot& plot, double x, double factor);
Range movedX(const CurvePlot& plot, double share);

}  // namespace treegrpo
