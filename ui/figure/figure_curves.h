// Curves of a figure as plain data: a mean with its band and how many runs it is over.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compare/comparison.h"
#include "figure/figure_recipe.h"

namespace treegrpo {

// One line. All vectors of one size, x rising; low and high may be empty: no band.
struct FigureSeries {
  std::string name;
  std::vector<double> x, mean, low = {}, high = {};
  std::int32_t n = 1;                   // runs that the mean is over at most
  std::vector<std::int32_t> n_at = {};  // at each x; empty: n everywhere
  std::vector<Series> runs = {};        // of a mean, faint behind it
};

struct FigureCurves {
  std::string title;    // the y axis with its unit
  std::string x_label;  // likewise
  std::string band;     // what the bands are, for the legend; empty: none
  double smoothing = 0;
  std::vector<FigureSeries> series;
};

// Names that a recipe may write. A metric may also be "reward.NAME" or "evaluation.NAME".
std::vector<std::string> curveMetrics();
std::span<const std::string_view> curveAxes();  // as axis_from_name
std::span<const std::string_view>
curveGroups();                                   // run: a line a run; seed, method: means over runs
std::span<const std::string_view> curveBands();  // as band_from_name
bool isCurveMetric(std::string_view metric);

// What a panel shows of these runs, its own, on one axis whose unit is that of the longest run:
// core/compare's series, groups, means and bands. Throws Error that names a run without a finite
// number of the metric.
FigureCurves curvesOf(std::span<const ComparedRun> runs, const CurvesPanel& panel);

}  // namespace treegrpo
