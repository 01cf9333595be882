#include "tree/schedule.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/error.h"

namespace treegrpo {
namespace {

// Adds what is wrong with one step to a list.
struct StepCheck {
  const StepPlan& plan;
  int step;
  std::vector<ScheduleProblem>& found;

  std::string key(const char* field) const {
    return "schedule.step." + std::to_string(step) + "." + field;
  }
  std::string branch() const { return key("branch") + " = " + std::to_string(plan.branch); }
  void add(const char* field, std::string sentence) const {
    found.push_back({step, key(field), std::move(sentence)});
  }

  // Of the last step: it must be plain.
  void check_last() const {
    const std::string why = ", but step " + std::to_string(step) +
                            " is the last one, whose noise would stay in the image; give it "
                            "noise_level = 0, branch = 1 and train = false";
    if (plan.noise_level > 0) add("noise_level", key("noise_level") + " is above 0" + why);
    if (plan.branch > 1) add("branch", branch() + why);
    if (plan.train) add("train", key("train") + " = true" + why);
  }

  void check_noise() const {
    if (plan.branch > 1)
      add("branch", branch() + " without noise, so the children would be equal; set " +
                        key("noise_level") + " above 0, or branch = 1");
    if (plan.train)
      add("train", key("train") +
                       " = true without noise, but an ODE step has no log-prob to train; set " +
                       key("noise_level") + " above 0, or train = false");
  }

  void check(bool last) const {
    if (plan.branch < 1) add("branch", branch() + ", but a node needs at least 1 child");
    const bool finite = std::isfinite(plan.noise_level) && plan.noise_level >= 0;
    if (!finite)
      add("noise_level", key("noise_level") + " is not a finite number from 0 up");
    else if (last)
      check_last();
    else if (plan.noise_level == 0)
      check_noise();
  }
};

ScheduleProblem too_many_leaves(int step, std::int64_t leaves, int max_leaves,
                                std::string_view width_keys) {
  return {step, "schedule.max_leaves",
          "the schedule has more than schedule.max_leaves = " + std::to_string(max_leaves) +
              " leaves a prompt (" + std::to_string(leaves) + " after step " +
              std::to_string(step) + "); lower " + std::string(width_keys) +
              ", or raise schedule.max_leaves"};
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

std::vector<ScheduleProblem> problems(const TreeSchedule& schedule, int max_leaves,
                                      std::string_view width_keys) {
  std::vector<ScheduleProblem> found;
  if (schedule.steps.empty())
    found.push_back({-1, "schedule.step", "the schedule has no steps; it needs at least 1"});
  if (schedule.roots < 1)
    found.push_back({-1, "roots",
                     "the schedule has " + std::to_string(schedule.roots) +
                         " trees; a prompt needs at least 1"});
  std::int64_t leaves = std::max(1, schedule.roots);
  for (std::size_t at = 0; at < schedule.steps.size(); ++at) {
    const int step = static_cast<int>(at);
    StepCheck{schedule.steps[at], step, found}.check(at + 1 == schedule.steps.size());
    if (leaves > max_leaves) continue;                 // said once
    leaves *= std::max(1, schedule.steps[at].branch);  // at most max_leaves·branch: both are ints
    if (leaves > max_leaves) found.push_back(too_many_leaves(step, leaves, max_leaves, width_keys));
  }
  return found;
}

void validate(const TreeSchedule& schedule, int max_leaves, std::string_view width_keys) {
  const std::vector<ScheduleProblem> found = problems(schedule, max_leaves, width_keys);
  if (!found.empty()) throw configuration_error(found.front().sentence);
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
