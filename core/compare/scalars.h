// The numbers of a run by name, and as series over what they cost: what curves, filters, exports
// and comparisons call a metric.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/iteration_record.h"

namespace treegrpo {

// What a run has measured, in order of iterations.
struct RunScalars {
  std::vector<IterationRecord> iterations;
  std::vector<EvaluationRecord> evaluations;
};

// What a series runs over. All but iteration count from the run's beginning, the iteration itself
// included: latents predicted while sampling, seconds without evaluation, images.
enum class XAxis { iteration, nfe, wall_time, images };

// "iteration", "nfe", "time", "images", as --x takes them; none for another word.
std::string_view axis_name(XAxis axis);
std::optional<XAxis> axis_from_name(std::string_view name);
// "iterations", "function evaluations", "seconds", "images": completes "after 100 …".
std::string_view axis_unit(XAxis axis);

// Every number of an iteration, in a fixed order: "reward", "reward.scene" (one a raw reward),
// "loss", …, "advantage_std.0" (first trained step), "seconds_total". Missing ones are no_value.
std::vector<NamedValue> named_scalars(const IterationRecord& record);
// Of an evaluation: "evaluation.reward", "evaluation.scene_strict", …
std::vector<NamedValue> named_scalars(const EvaluationRecord& record);

// The names that a run has a number for, in that order.
std::vector<std::string> metric_names(const RunScalars& run);

// Points in ascending order of x; equal lengths; y is finite.
struct Series {
  std::vector<double> x;
  std::vector<double> y;

  bool operator==(const Series&) const = default;
};

// A metric over an axis; empty where the run has no finite number of that name. An iteration's
// numbers stand at its own number, or at what was spent when it ended; an evaluation of the weights
// after i iterations stands at i, or at what those i had spent.
Series metric_series(const RunScalars& run, std::string_view metric, XAxis axis);

// Where the beginning of an iteration lies on an axis: its number, or what those before it spent.
double axis_place(const RunScalars& run, std::int32_t iteration, XAxis axis);

// Each value replaced by the mean of itself and the points - 1 before it, or as many as there are.
Series smoothed(const Series& series, int points);

}  // namespace treegrpo
