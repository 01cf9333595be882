// The rewards of one tree's leaves as histograms, a column each, with the mean and deviation that
// its z-scores use and the leaves below the selected node marked.
#pragma once

#include <cstdint>
#include <string>

#include "canvas/drawing.h"
#include "canvas/tree_figures.h"
#include "style/theme.h"

namespace treegrpo {

// What a column of rewards comes to; values that are not finite are counted apart.
struct ColumnSummary {
  double mean = no_value, deviation = no_value;  // population deviation; none without values
  double least = no_value, most = no_value;
  std::int32_t finite = 0, broken = 0;
};
ColumnSummary summaryOf(const std::vector<double>& values);

// "= 0.8 z(match) + 0.2 z(clean)": what follows "A of a leaf".
std::string leafRule(const TreeRecord& record);

// The histograms below each other, moved up by `scroll`. A record without rewards gives an empty
// drawing. Hit boxes: legend, the column of a plot or -1 for the rule below; node, the mark of a
// leaf.
Drawing rewardDrawing(const TreeRecord& record, const TreeFigures& figures, std::int32_t selected,
                      float width, float height, const Theme& theme, float scroll = 0);

}  // namespace treegrpo
