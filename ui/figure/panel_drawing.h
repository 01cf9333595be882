// One panel as drawings, from its data and the width it gets: the functions that draw the screen,
// with the paper theme and metrics for print.
#pragma once

#include "figure/figure_page.h"
#include "style/text_role.h"

namespace treegrpo {

// Where it begins is 0, 0; `height` is what the panel takes.
struct PanelDrawing {
  std::vector<PlacedDrawing> parts;
  float height = 0;      // points
  float letter_at = -1;  // where its letter fits at the left, middle of its capitals; -1: above it
};

// What a panel gets, in points.
struct PanelRoom {
  float width = 0, height = 0;  // height 0: as the content wants
  float text = 0;               // size of the smallest text; 0: as the panel is made for

  // Points a pixel of the panel's drawing; `own` is what it is made for.
  float scale(float own) const {
    return text > 0 ? text / static_cast<float>(pixelSize(TextRole::caption)) : own;
  }
};

PanelDrawing curvesPanel(const FigureCurves& curves, const PanelRoom& room);
PanelDrawing treePanel(const TreeData& tree, const PanelRoom& room);
PanelDrawing pairPanel(const PairData& pair, const PanelRoom& room);
PanelDrawing imagesPanel(const ImageTable& grid, const PanelRoom& room);
PanelDrawing distributionsPanel(const DistributionData& data, const PanelRoom& room);
PanelDrawing probesPanel(const ProbeData& data, const PanelRoom& room);

}  // namespace treegrpo
