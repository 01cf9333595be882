#include "tree/schedule.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/error.h"

namespace treegrpo {
namespace {

void validate_step(const StepPlan& plan, std::size_t step, bool last) {
  const std::string which = "step " + std::to_string(step) + " of the schedule ";
  if (plan.branch < 1)
    throw configuration_error(which + "has branch = " + std::to_string(plan.branch) +
                              "; a node needs at least 1 child");
  if (!std::isfinite(plan.noise_level) || plan.noise_level < 0)
    throw configuration_error(which + "has a noise_level that is not a finite number from 0 up");
  const bool noisy = plan.noise_level > 0;
  if (plan.branch > 1 && !noisy)
    throw configuration_error(which + "branches without noise, so its children would be equal; " +
                              "give it a noise_level above 0 or branch = 1");
  if (plan.train && !noisy)
    throw configuration_error(which + "trains without noise, and a step without noise has no " +
                              "log-prob; give it a noise_level above 0 or train = false");
  if (last && noisy)
    throw configuration_error(which + "is the last one and draws noise, which would stay in the " +
                              "image; give it noise_level = 0, branch = 1 and train = false");
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

void validate(const TreeSchedule& schedule, int max_leaves) {
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
          "); branch less, or raise schedule.max_leaves");
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
