#include "tree/schedule_draft.h"

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "base/error.h"
#include "record/config_fields.h"
#include "tree/check_config.h"
#include "tree/keyframes.h"
#include "tree/method.h"

namespace treegrpo {
namespace {

bool noisy(const StepPlan& plan) { return plan.noise_level > 0; }

// Roots, their noises and the steps; where a window starts follows from them.
bool same_drawing(const TreeSchedule& a, const TreeSchedule& b) {
  return a.roots == b.roots && a.steps == b.steps &&
         (a.roots == 1 || a.shared_root_noise == b.shared_root_noise);
}

bool draws(const RunConfig& config, int iteration, const TreeSchedule& schedule) {
  try {
    check_schedule_keys(config);
  } catch (const Error&) {
    return false;
  }
  return same_drawing(drawn_schedule(config, iteration), schedule);
}

// The keys of a method as a drawing would have them; whether they make it is asked later.
RunConfig fitted(RunConfig config, const TreeSchedule& schedule) {
  const NoisyBlock block = noisy_block(schedule);
  const bool windowed = method_named(config.method.name).windowed;
  if (windowed) config.method.window = block.end - block.first;
  config.method.trees = config.method.group = schedule.roots;
  if (block.end == block.first) return config;
  const StepPlan& first = schedule.steps[static_cast<std::size_t>(block.first)];
  config.sampler.noise_level = first.noise_level;
  if (windowed) {
    config.method.branch = first.branch;
    return config;
  }
  std::vector<int> splits;
  for (std::size_t step = 0; step < schedule.steps.size(); ++step) {
    if (schedule.steps[step].branch < 2) continue;
    splits.push_back(static_cast<int>(step));
    config.method.branch = schedule.steps[step].branch;
  }
  if (!splits.empty()) config.method.split_steps = splits;
  return config;
}

// Keys that the method does not read keep the values they had, so that they are no changes.
RunConfig without_idle_changes(RunConfig config, const MethodSection& before) {
  const std::string& name = config.method.name;
  const bool flat = name == "flow_grpo" || name == "dancegrpo" || name == "mixgrpo";
  if (flat) {
    config.method.trees = before.trees;
    config.method.branch = before.branch;
  } else {
    config.method.group = before.group;
  }
  if (name != "branchgrpo") config.method.split_steps = before.split_steps;
  return config;
}

RunConfig spelled_out(RunConfig config, const TreeSchedule& schedule) {
  config.method.name = "custom";
  config.method.trees = schedule.roots;
  config.schedule.step = schedule.steps;
  return config;
}

void apply_settings(RunConfig& config, std::string_view settings) {
  std::istringstream words{std::string(settings)};
  for (std::string setting; words >> setting;) set_field(config, setting);
}

// The dotted key that a sentence begins with or names first; none if it names none.
std::string first_key(const std::string& sentence) {
  std::istringstream words(sentence);
  for (std::string word; words >> word;) {
    while (!word.empty() && std::string_view(",;:.").find(word.back()) != std::string_view::npos)
      word.pop_back();
    const std::size_t dot = word.find('.');
    if (dot != std::string::npos && dot > 0) return word;
  }
  return {};
}

}  // namespace

ScheduleDraft draft_of(const RunConfig& config) {
  return {config.method, config.sampler, config.schedule, config.credit.rule};
}

RunConfig with_draft(RunConfig config, const ScheduleDraft& draft) {
  config.method = draft.method;
  config.sampler = draft.sampler;
  config.schedule = draft.schedule;
  config.credit.rule = draft.credit_rule;
  return config;
}

TreeSchedule drawn_schedule(const RunConfig& config, int iteration) {
  try {
    const RunConfig now = config_at(config, iteration);
    if (now.method.name != "custom") check_schedule_keys(now);
    return method_named(now.method.name).schedule(now, std::max(0, iteration));
  } catch (const Error&) {
    const int steps = std::max(0, config.sampler.steps);
    return {.steps = std::vector<StepPlan>(static_cast<std::size_t>(steps))};
  }
}

TreeSchedule run_schedule(const RunConfig& config, int iteration) {
  TreeSchedule schedule = drawn_schedule(config, iteration);
  return config.sampler.share_prefix ? share_prefix(std::move(schedule)) : schedule;
}

std::vector<ScheduleProblem> draft_problems(const RunConfig& config, int iteration) {
  std::vector<ScheduleProblem> found;
  try {
    const RunConfig now = config_at(config, iteration);
    found = problems(drawn_schedule(now, iteration), now.schedule.max_leaves, width_keys(now));
    if (found.empty()) check_config(config);
  } catch (const Error& error) {
    found.push_back({-1, first_key(error.what()), error.what()});
  }
  return found;
}

std::vector<std::string> draft_notes(const RunConfig& base, const RunConfig& config,
                                     int iteration) {
  std::vector<std::string> notes;
  if (draft_of(base) == draft_of(config)) return notes;
  for (const Keyframe& keyframe : config.schedule.keyframe)
    if (keyframe.iteration >= config.run.iterations)
      notes.push_back("the keyframe at iteration " + std::to_string(keyframe.iteration) +
                      " comes after the run's last iteration, " +
                      std::to_string(config.run.iterations - 1));
  const TreeSchedule schedule = drawn_schedule(config, iteration);
  for (std::size_t step = 0; step < schedule.steps.size(); ++step) {
    if (schedule.steps[step].noise_level <= 1) continue;
    notes.push_back("step " + std::to_string(step) +
                    " has a noise level above 1: its images may stay noisy");
    break;
  }
  if (config.method.name == "custom" && schedule.roots > 1 &&
      drawn_schedule(base, iteration).shared_root_noise && base.method.name != "custom")
    notes.push_back(
        "the trees of a prompt shared their noise; in a custom schedule each has its own");
  if (config.method.window_rule == "fixed" && base.method.window_rule != "fixed" &&
      method_named(config.method.name).windowed)
    notes.push_back("the window no longer moves: it is where it was put, in every iteration");
  return notes;
}

RunConfig redrawn(const RunConfig& base, const RunConfig& config, int iteration,
                  const TreeSchedule& schedule) {
  if (draws(base, iteration, schedule)) return with_draft(config, draft_of(base));
  if (config.method.name == "custom") return spelled_out(config, schedule);
  const RunConfig same_rule = without_idle_changes(fitted(config, schedule), config.method);
  if (draws(same_rule, iteration, schedule)) return same_rule;
  RunConfig fixed = same_rule;
  fixed.method.window_rule = "fixed";
  fixed.method.window_start = noisy_block(schedule).first;
  return draws(fixed, iteration, schedule) ? fixed : spelled_out(config, schedule);
}

NoisyBlock noisy_block(const TreeSchedule& schedule) {
  const auto& steps = schedule.steps;
  const auto first = std::find_if(steps.begin(), steps.end(), noisy);
  if (first == steps.end()) return {};
  const auto last = std::find_if(steps.rbegin(), steps.rend(), noisy);
  return {static_cast<int>(first - steps.begin()), static_cast<int>(steps.rend() - last)};
}

TreeSchedule painted(TreeSchedule schedule, const MethodSection& method, double noise_level,
                     int first, int last, bool is_noisy) {
  const std::vector<StepPlan> before = schedule.steps;
  const int steps = static_cast<int>(before.size());
  const auto nearest = [&](int step) {
    StepPlan plan{method.name == "treegrpo" ? method.branch : 1, noise_level > 0 ? noise_level : 1,
                  true};
    int distance = steps;
    for (int other = 0; other < steps; ++other) {
      const StepPlan& at = before[static_cast<std::size_t>(other)];
      if (!noisy(at) || std::abs(other - step) >= distance) continue;
      distance = std::abs(other - step);
      plan = at;
    }
    return plan;
  };
  for (int step = std::max(0, first); step <= std::min(last, steps - 1); ++step) {
    StepPlan& plan = schedule.steps[static_cast<std::size_t>(step)];
    if (!is_noisy) {
      plan = {};
    } else if (!noisy(plan)) {
      plan = nearest(step);
    }
  }
  return schedule;
}

TreeSchedule moved_block(TreeSchedule schedule, int start) {
  const NoisyBlock block = noisy_block(schedule);
  const int length = block.end - block.first;
  if (length == 0) return schedule;
  const int latest = std::max(0, static_cast<int>(schedule.steps.size()) - 1 - length);
  const int to = std::clamp(start, 0, latest);
  const std::vector<StepPlan> moved(schedule.steps.begin() + block.first,
                                    schedule.steps.begin() + block.end);
  std::fill(schedule.steps.begin(), schedule.steps.end(), StepPlan{});
  std::copy(moved.begin(), moved.end(), schedule.steps.begin() + to);
  return schedule;
}

RunConfig as_method(const RunConfig& base, const RunConfig& config, std::string_view name,
                    int iteration) {
  if (name == config.method.name) return config;
  if (name == base.method.name) return with_draft(config, draft_of(base));
  const TreeSchedule drawn = drawn_schedule(config, iteration);
  if (name == "custom") return spelled_out(config, drawn);
  const Method& method = method_named(name);
  RunConfig other = config;
  other.method.name = name;
  other.method.group = static_cast<int>(
      std::clamp<std::int64_t>(counts(drawn).leaves, 2, config.schedule.max_leaves));
  other.schedule.step.clear();
  if (config.sampler.kind != "ddim") other.sampler.kind = method.sampler_kind;
  other.credit.rule = method.credit_rule;
  apply_settings(other, method.settings);
  if (name == "branchgrpo")
    std::erase_if(other.method.split_steps,
                  [&](int step) { return step > other.sampler.steps - 2; });
  return without_idle_changes(other, config.method);
}

}  // namespace treegrpo
