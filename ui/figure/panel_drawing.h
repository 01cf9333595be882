// One panel as drawings, from its data and the width it gets: the functions that draw the screen,
// with the paper theme and metrics for print.
#pragma once

#include "figure/figure_page.h"

namespace treegrpo {

// Where it begins is 0, 0; `height` is what the panel takes.
struct PanelDrawing {
  std::vector<PlacedDrawing> parts;
  float height = 0;      // points
  float letter_at = -1;  // where its letter fits at the left, middle of its capitals; -1: above it
};

// Widths and heights in points; height 0: as the content wants.
PanelDrawing curvesPanel(const FigureCurves& curves, float width, float height);
PanelDrawing treePanel(const TreeData& tree, float width, float height);
PanelDrawing pairPanel(const PairData& pair, float width, float height);
PanelDrawing imagesPanel(const ImageTable& grid, float width, float height);
PanelDrawing distributionsPanel(const DistributionData& data, float width, float height);
PanelDrawing probesPanel(const ProbeData& data, float width, float height);

}  // namespace treegrpo
