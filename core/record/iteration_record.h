// What one iteration and one evaluation came to: the sums that lists and curves read without
// touching a node.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "record/tree_record.h"

namespace treegrpo {

// A number with the name it is known by, in a fixed order.
struct NamedValue {
  std::string name;
  double value = no_value;
};

// Seconds of one iteration by phase; total leaves evaluation out.
struct PhaseSeconds {
  double sample = 0;
  double decode = 0;
  double reward = 0;
  double train = 0;
  double store = 0;  // of the commit before: a commit cannot hold its own duration
  double total = 0;
};

struct IterationRecord {
  std::int32_t iteration = 0;
  double reward = no_value;                // mean over leaves of the weighted sum of raw columns
  std::vector<NamedValue> reward_by_name;  // mean over leaves of each raw column
  double loss = no_value;
  double ratio_mean = no_value;  // over trained edges of the first pass
  double ratio_std = no_value;
  double ratio_max = no_value;
  double clip_fraction = no_value;  // share of the trained edges whose ratio was clipped
  double kl = no_value;             // mean over trained edges; none where it is off
  double grad_norm = no_value;      // before clipping
  double learning_rate = no_value;
  std::int64_t nfe = 0;             // latents predicted while sampling, guidance not counted
  std::int64_t trained_passes = 0;  // parents predicted while training
  std::int64_t forward_passes = 0;  // rows through the network, guidance counted
  std::int64_t leaves = 0;
  std::int32_t window_start = -1;              // -1: the method has none
  std::vector<double> advantage_std_by_depth;  // over trained edges, first trained step first
  double diversity = no_value;      // mean pairwise distance of leaf latents within a prompt
  std::int32_t skipped_groups = 0;  // prompts whose rewards had no variance
  double softmax_ess = no_value;    // mean effective children 1/Σw² of the backup weights
  PhaseSeconds seconds;
  std::int64_t peak_bytes = 0;  // resident memory, highest so far
};

// What a list of many runs shows of an iteration.
struct IterationTotals {
  double reward = no_value;
  std::int64_t nfe = 0;
  double seconds = 0;  // without evaluation
};

// Mean scores of one task of an evaluation, with their standard errors.
struct TaskScore {
  std::string task;
  double reward = no_value;
  double reward_error = no_value;
  double scene_strict = no_value;
  double scene_strict_error = no_value;
  std::int32_t n = 0;
};

struct EvaluationRecord {
  std::int32_t iteration = 0;      // of weights after that many iterations
  double reward = no_value;        // mean over prompts of the weighted sum
  double reward_error = no_value;  // standard error of that mean
  std::vector<NamedValue> reward_by_name;
  std::vector<NamedValue> metrics;        // scene_strict among them where captions are scenes
  std::vector<NamedValue> metric_errors;  // standard errors of metrics, same names
  std::vector<TaskScore> by_task;
  double diversity = no_value;
  double seconds = 0;
};

}  // namespace treegrpo
