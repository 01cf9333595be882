// How rewards and advantages of compared samples are distributed, as plots.
#pragma once

#include <string>
#include <vector>

#include "canvas/curve_drawing.h"
#include "canvas/depth_histograms.h"
#include "comparison/compared_samples.h"

namespace treegrpo {

// ECDFs of rewards and, with `all`, their histogram and ECDFs of advantages; `of` completes the
// titles: "this pair".
std::vector<CurvePlot> samplePlots(const ComparedSamples& samples, const std::string& of, bool all);

DepthHistograms depthHistograms(const ComparedSamples& samples);

}  // namespace treegrpo
