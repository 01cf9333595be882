// Which plots the curves of a run have: from the records of its iterations and evaluations to the
// values that curve_drawing shows. A tab of the view is a row of them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "canvas/curve_drawing.h"
#include "compare/scalars.h"
#include "record/event.h"
#include "record/iteration_record.h"

namespace treegrpo {

struct RunHistory {
  std::vector<IterationRecord> iterations;  // rising
  std::vector<EvaluationRecord> evaluations;
  std::vector<ParameterChanged> changes;
};

enum class CurveTab : std::uint8_t { overview, reward, kl_ratio, advantages, time };

// The plots of a tab, one to three; all share their x. `current` is the iteration that the rest of
// the window shows, -1 none.
std::vector<CurvePlot> runPlots(const RunHistory& history, CurveTab tab, XAxis axis,
                                std::int32_t current);

// The x of an iteration on an axis: what was spent by its end. Of the iteration before where it is
// not in the history.
double axisOf(const RunHistory& history, XAxis axis, std::int32_t iteration);

// The iteration whose x is nearest; -1 without iterations.
std::int32_t iterationAt(const RunHistory& history, XAxis axis, double x);

}  // namespace treegrpo
