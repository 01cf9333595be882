// The table of methods, and the schedule that each makes of a config for one iteration (the
// schedule line of the path; TreeGRPO Alg. 1's W(l) and k). To add a method, add a row.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "record/run_config.h"

namespace treegrpo {

struct Method {
  std::string_view name;      // of method.name
  std::string_view title;     // as its authors write it
  std::string_view citation;  // authors, year, arXiv number
  std::string_view sentence;  // what it does

  std::string_view credit_rule;   // credit.rule it was published with
  std::string_view sampler_kind;  // sampler.kind it was published with
  bool windowed;                  // noise and training are limited to a window of steps
  std::string_view settings;      // further keys it was published with, "key=value key=value"

  // Of a config without keyframes.
  TreeSchedule (*schedule)(const RunConfig& config, int iteration);
};

// In the order of menus; the last is custom, whose steps the config spells out.
std::span<const Method> methods();

// Throws a configuration Error that says which names there are and which is nearest.
const Method& method_named(std::string_view name);

// The schedule of one iteration, from 0, by the keyframes up to it (keyframes.h). A pure function:
// the same config and iteration give the same schedule, whatever ran before. Throws a configuration
// Error if it cannot be run.
TreeSchedule schedule_at(const RunConfig& config, int iteration);

// First step of the window in one iteration, by method.window_rule, always in 0..T-w-1 so that the
// last step stays outside; -1 for a method without a window.
int window_start_at(const RunConfig& config, int iteration);

// Pr[start = i] = (1 - r) r^i / (1 - r^(T-w)) for i = 0..T-w-1 (TreeGRPO eq. 7); what rule
// random_geometric draws from, once an iteration. Of a config without keyframes.
std::vector<double> window_probabilities(const RunConfig& config);

}  // namespace treegrpo
