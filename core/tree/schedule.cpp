#include "tree/schedule.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/error.h"

namespace treegrpo {
namespace {

void validate_step(const StepPlan& plan, std::size_t step, bool last) {
  const std::string key = "schedule.step." + std::to_string(step) + ".";
  const std::string branch = key + "branch = " + std::to_string(plan.branch);
  if (plan.branch < 1) throw configuration_error(branch + ", but a node needs at least 1 child");
  if (!std::isfinite(plan.noise_level) || plan.noise_level < 0)
    throw configuration_error(key + "noise_level is not a finite number from 0 up");
  const bool noisy = plan.noise_level > 0;
  if (last && (noisy || plan.branch > 1 || plan.train))
    throw configuration_error((noisy             ? key + "noise_level is above 0"
                               : plan.branch > 1 ? branch
                                                 : key + "train = true") +
                              ", but step " + std::to_string(step) +
                              " is the last one, whose noise would stay in the image; give it "
                              "noise_level = 0, branch = 1 and train = false");
  if (plan.branch > 1 && !noisy)
    throw configuration_error(branch + " without noise, so the children would be equal; set " +
                              key + "noise_level above 0, or branch = 1");
  if (plan.train && !noisy)
    throw configuration_error(key +
                              "train = true without noise, but an ODE step has no log-prob "
                              "to train; set " +
                              key + "noise_level above 0, or train = false");
}

}  // namespace

ScheduleCounts counts(const TreeSchedule& schedule) {
  ScheduleCounts sum;
  std::int64_t frontier = schedule.roots;
  sum.frontier_peak = frontier;
  for (const StepPlan& plan : schedule.steps) {
    const std::int64_t grown = frontier * plan.branch;
    sum.nodes += frontier;
    sum.nfe += frontier;
    if (plan.train) {
      sum.trained_passes += frontier;
      sum.trained_edges += grown;
    }
    frontier = grown;
    sum.frontier_peak = std::max(sum.frontier_peak, frontier);
  }
  sum.nodes += frontier;
  sum.leaves = frontier;
  return sum;
}

std::int64_t forward_passes(const ScheduleCounts& counts, bool guidance, bool train_guidance) {
  return counts.nfe * (guidance ? 2 : 1) +
         counts.trained_passes * (guidance && train_guidance ? 2 : 1);
}

void validate(const TreeSchedule& schedule, int max_leaves, std::string_view width_keys) {
  if (schedule.steps.empty())
    throw configuration_error("the schedule has no steps; it needs at least 1");
  if (schedule.roots < 1)
    throw configuration_error("the schedule has " + std::to_string(schedule.roots) +
                              " trees; a prompt needs at least 1");
  std::int64_t leaves = schedule.roots;
  for (std::size_t step = 0; step < schedule.steps.size(); ++step) {
    validate_step(schedule.steps[step], step, step + 1 == schedule.steps.size());
    leaves *= schedule.steps[step].branch;  // at most max_leaves·branch: both are ints
    if (leaves > max_leaves)
      throw configuration_error(
          "the schedule has more than schedule.max_leaves = " + std::to_string(max_leaves) +
          " leaves a prompt (" + std::to_string(leaves) + " after step " + std::to_string(step) +
          "); lower " + std::string(width_keys) + ", or raise schedule.max_leaves");
  }
}

TreeSchedule share_prefix(TreeSchedule schedule) {
  if (schedule.roots == 1 || !schedule.shared_root_noise) return schedule;
  const auto first_noisy = std::find_if(schedule.steps.begin(), schedule.steps.end(),
                                        [](const StepPlan& plan) { return plan.noise_level > 0; });
  if (first_noisy == schedule.steps.end()) return schedule;
  first_noisy->branch *= schedule.roots;
  schedule.roots = 1;
  return schedule;
}

}  // namespace treegrpo
