// Compared groups of runs as plots: a mean with its band for each group, its runs faint behind;
// distributions of rewards or advantages as ECDFs and histograms.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "canvas/curve_drawing.h"
#include "compare/comparison.h"
#include "compare/distribution.h"

namespace treegrpo {

struct ComparePlotLook {
  bool raw = true;  // the runs of a group faint behind their mean
};

// The plot of options.metric over options.axis. Its x counts in axisUnit of compareReach.
CurvePlot comparePlot(const Comparison& comparison, const ComparisonOptions& options,
                      const ComparePlotLook& look = {});

// What happened to the runs, as marks of such a plot: options that were changed as lines,
// checkpoints as ticks.
std::vector<CurveMark> compareMarks(std::span<const ComparedRun> runs, const Comparison& comparison,
                                    XAxis axis);

// As far as the longest run gets on the axis.
double compareReach(const Comparison& comparison);

// Shares of values at or below x, a step line for each sample; `letters` name them. Samples without
// a value are left out.
CurvePlot ecdfPlot(std::string title, std::string x_label, std::span<const std::string> letters,
                   std::span<const std::vector<double>> samples);

// Shares of values in bins that the samples have in common, the outline of each with its ground
// faint; likewise.
CurvePlot histogramPlot(std::string title, std::string x_label,
                        std::span<const std::string> letters,
                        std::span<const std::vector<double>> samples);

// "mean ± s.e."
std::string bandCaption(Band band);

// What a metric is called in a title: "Reward", "Reward: scene", "KL", "Evaluation: reward".
std::string metricTitle(const std::string& metric);

}  // namespace treegrpo
