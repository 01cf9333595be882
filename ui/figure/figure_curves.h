// Curves of a figure as plain data: a mean with its band and how many runs it is over.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "record/iteration_record.h"

namespace treegrpo {

// One line. All vectors of one size, x rising; low and high may be empty: no band.
struct FigureSeries {
  std::string name;
  std::vector<double> x, mean, low = {}, high = {};
  std::int32_t n = 1;  // runs that the mean is over
};

struct FigureCurves {
  std::string title;    // the y axis with its unit
  std::string x_label;  // likewise
  std::string band;     // what the bands are, for the legend; empty: none
  double smoothing = 0;
  std::vector<FigureSeries> series;
};

// Names that a recipe may write. A metric may also be "reward.NAME", a raw reward by its name.
std::span<const std::string_view> curveMetrics();
std::span<const std::string_view> curveAxes();
bool isCurveMetric(std::string_view metric);

// "Reward, mean over leaves".
std::string metricTitle(std::string_view metric);

// What one run has measured.
struct MeasuredRun {
  std::string name;
  std::vector<IterationRecord> iterations;
  std::vector<EvaluationRecord> evaluations;
};

// A line a run, on one axis whose unit is that of the longest run. Throws Error that names a run
// without a finite number of the metric.
FigureCurves curvesOf(std::span<const MeasuredRun> runs, const std::string& metric,
                      const std::string& x);

}  // namespace treegrpo
