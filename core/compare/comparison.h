// Runs side by side: grouped over their seeds, a metric with its band, how soon a target is
// reached, what differs in their configs, and in sentences whatever makes the picture partial.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "compare/config_entries.h"
#include "compare/mean_curve.h"
#include "compare/run_groups.h"
#include "compare/scalars.h"
#include "compare/time_to_target.h"
#include "record/event.h"
#include "record/run_config.h"

namespace treegrpo {

struct ComparedRun {
  std::string name;
  RunConfig config;  // as the run was made
  std::vector<ParameterChanged> changes;
  RunScalars scalars;
  std::vector<std::int32_t> checkpoints = {};  // after how many iterations each was written
};

struct ComparisonOptions {
  std::string metric = "reward";
  XAxis axis = XAxis::iteration;
  Band band = Band::standard_error;
  Grouping grouping = {};
  int smooth = 1;  // points of each run's running mean; 1: the values as they are
  std::optional<Target> target = {};  // of the smoothed mean
  std::optional<double> at = {};  // where values are wanted; none: where each group's runs all end
};

// The mean of a group at one place.
struct GroupPoint {
  double x = no_value;
  double mean = no_value;
  double low = no_value;  // of the band
  double high = no_value;
  int n = 0;
};

struct ComparedGroup {
  std::string letter;                 // "A", "B", …
  std::string label;                  // its method, and what else tells it from the others
  std::vector<std::size_t> runs;      // indices of all of its runs
  std::vector<std::size_t> measured;  // of those that have the metric: the rows of `aligned`
  AlignedRuns aligned;
  MeanCurve curve;
  GroupPoint point;
  double reached = no_value;  // time_to_target; no_value without a target or a run with the metric
  TargetRatio sooner;         // than the first group; nothing for that one
  std::vector<std::string> remarks;
};

struct Comparison {
  std::vector<ComparedGroup> groups;
  std::vector<ConfigDifference> config;  // of all runs, one value a run; names left out
  std::vector<std::string> remarks;      // about more than one group
};

// Throws Error (usage) if there is no run, or none has the metric: with those that there are.
Comparison compare_runs(std::span<const ComparedRun> runs, const ComparisonOptions& options);

}  // namespace treegrpo
