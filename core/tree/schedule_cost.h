// What a drawn schedule costs before anything runs: latents, passes, bytes, seconds; for one start
// of the window and expected over its starts, and what other methods would cost.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "record/memory_figures.h"
#include "record/run_config.h"
#include "tree/keyframes.h"
#include "tree/schedule.h"

namespace treegrpo {

// Measured once a model and machine; NaN: not measured, and nothing that needs it is known.
struct MeasuredFigures {
  MemoryFigures memory;
  double node_row_bytes, thumbnail_bytes;  // of the store: one node, one picture
  double forward_seconds, train_seconds;   // one row forward; one trained pass
};

// All NaN.
MeasuredFigures nothing_measured();

// Of one iteration, over its prompts; what is not known is NaN.
struct CostEstimate {
  double nfe = 0;             // latents predicted while sampling
  double trained_passes = 0;  // latents predicted while training, of one optimiser pass
  double forward_rows = 0;    // rows through the network: guidance and optimiser passes counted
  double memory_bytes = 0;    // of tensors, at most at once
  double store_bytes = 0;     // a mean over iterations with and without pictures of all nodes
  double seconds = 0;
};

// What an iteration did cost, over its prompts; NaN: not known.
struct MeasuredIteration {
  int iteration = -1;  // -1: none yet
  double nfe = 0, trained_passes = 0, seconds = 0;
  double peak_bytes = std::numeric_limits<double>::quiet_NaN();  // of memory, highest so far
};

CostEstimate estimate(const RunConfig& config, const ScheduleCounts& counts,
                      const MeasuredFigures& measured);

// Where a window may begin, how likely, and what a prompt then costs.
struct WindowStart {
  int start = 0;
  double probability = 0;
  std::int64_t nfe = 0;
};

// By the keyframe that holds in an iteration: every start of a drawn window; of other rules what
// share of the iterations until the next keyframe has it; none of a method without a window or with
// keys that make none.
std::vector<WindowStart> window_starts(const RunConfig& config, int iteration);

// The mean NFE of a prompt over those starts; without a window, that of the one schedule.
double expected_nfe(const RunConfig& config, int iteration);

// The start of each iteration from `first`; they are fixed by seed and rule. -1: without a window.
std::vector<int> starts_of_iterations(const RunConfig& config, int first, int count);

// What a prompt costs from one keyframe to the next.
struct SpanCost {
  KeyframeSpan span;
  ScheduleCounts counts;    // of its first iteration
  double expected_nfe = 0;  // of one iteration
};
std::vector<SpanCost> span_costs(const RunConfig& config);

// The mean of expected_nfe over the run's iterations.
double expected_nfe_of_run(std::span<const SpanCost> costs);

// Separate trajectories with as many leaves: T predictions an image, and where the schedule trains
// a step, one pass of it for every leaf.
ScheduleCounts flat_counts(const TreeSchedule& schedule);

// A method beside the draft, with as many leaves where it has groups.
struct MethodCost {
  std::string_view name, title;
  ScheduleCounts counts;
  bool drawn = false;  // the draft itself
};

// In the order of the table; custom only where the draft is. Methods whose keys do not fit the
// steps are left out. Both configs are without keyframes.
std::vector<MethodCost> compared_methods(const RunConfig& base, const RunConfig& config,
                                         int iteration);

// Measured against predicted, as a share of predicted: .05 is 5 % more. NaN where either is
// missing.
double deviation(double predicted, double measured);
inline constexpr double tolerated_deviation = .2;

}  // namespace treegrpo
