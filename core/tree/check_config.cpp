#include "tree/check_config.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "base/error.h"
#include "record/config_changes.h"
#include "tree/credit_options.h"
#include "tree/credit_rules.h"
#include "tree/keyframes.h"
#include "tree/known_name.h"
#include "tree/method.h"
#include "tree/schedule.h"

namespace treegrpo {
namespace {

using std::to_string;
using Names = std::vector<std::string>;

std::string quoted(std::string_view name) { return "'" + std::string(name) + "'"; }

std::string method_is(const RunConfig& config) {
  return "method.name = " + quoted(config.method.name);
}

void check_steps(const RunConfig& config) {
  if (config.sampler.steps < 2)
    throw configuration_error("sampler.steps = " + to_string(config.sampler.steps) +
                              " leaves nothing to train, since the last step never trains; use at "
                              "least 2");
}

void check_window(const RunConfig& config) {
  const MethodSection& method = config.method;
  require_name("method.window_rule", method.window_rule,
               Names{"random_geometric", "shifting", "fixed"});
  if (method.window < 1)
    throw configuration_error("method.window = " + to_string(method.window) + " trains nothing; " +
                              method_is(config) + " needs a window of at least 1 step");
  if (method.window >= config.sampler.steps)
    throw configuration_error(
        "method.window = " + to_string(method.window) +
        " does not fit into sampler.steps = " + to_string(config.sampler.steps) +
        ", whose last step never trains; use a window of at most " +
        to_string(config.sampler.steps - 1) + " or more steps");
  if (method.window_rule == "random_geometric" &&
      !(method.window_ratio > 0 && method.window_ratio <= 1))
    throw configuration_error("method.window_ratio must be above 0 and at most 1");
  if (method.window_rule == "shifting" && method.shift_every < 1)
    throw configuration_error("method.shift_every must be at least 1 iteration");
}

void check_splits(const RunConfig& config) {
  const std::vector<int>& splits = config.method.split_steps;
  const int last = config.sampler.steps - 2;
  for (std::size_t at = 0; at < splits.size(); ++at) {
    if (splits[at] < 0 || splits[at] > last)
      throw configuration_error("method.split_steps has step " + to_string(splits[at]) +
                                ", but with sampler.steps = " + to_string(config.sampler.steps) +
                                " only steps 0 to " + to_string(last) + " can split");
    if (at > 0 && splits[at] <= splits[at - 1])
      throw configuration_error("method.split_steps has " + to_string(splits[at]) + " after " +
                                to_string(splits[at - 1]) + "; list each step once, rising");
  }
  if (splits.empty())
    throw configuration_error("method.split_steps is empty, so " + method_is(config) +
                              " would grow no tree; name the steps that split, such as [0, 3]");
}

void check_custom(const RunConfig& config) {
  const std::size_t given = config.schedule.step.size();
  if (config.method.name != "custom") {
    if (given > 0)
      throw configuration_error("[[schedule.step]] is given, but " + method_is(config) +
                                " makes its own schedule; set method.name = 'custom' or remove "
                                "the steps");
    return;
  }
  if (given == 0)
    throw configuration_error("method.name = 'custom' needs a [[schedule.step]] for each of the " +
                              to_string(config.sampler.steps) + " steps of sampler.steps");
  if (given != static_cast<std::size_t>(config.sampler.steps))
    throw configuration_error("there are " + to_string(given) +
                              " [[schedule.step]] but "
                              "sampler.steps = " +
                              to_string(config.sampler.steps) +
                              "; give as many as there are steps");
}

void check_sampler(const RunConfig& config) {
  require_name("sampler.kind", config.sampler.kind,
               Names{"flow_sde", "dance_sde", "cps", "ddim", "ode"});
  if (config.sampler.kind == "ode")
    throw configuration_error(
        "sampler.kind = 'ode' draws no noise, so its steps have no log-prob "
        "to train; choose flow_sde, dance_sde or cps");
}

void check_noise_level(const RunConfig& config) {
  if (config.method.name != "custom" && !(config.sampler.noise_level > 0))
    throw configuration_error("sampler.noise_level must be above 0, or nothing of " +
                              method_is(config) + " can branch or train");
}

void check_rewards(const RunConfig& config) {
  if (config.reward.empty())
    throw configuration_error("there is no [[reward]]; name at least one, such as name = 'scene'");
  std::set<std::string> seen;
  bool any_weight = false;
  for (const RewardTerm& term : config.reward) {
    if (!seen.insert(term.name).second)
      throw configuration_error("reward " + quoted(term.name) +
                                " stands twice in [[reward]]; keep one with the weight of both");
    if (!std::isfinite(term.weight))
      throw configuration_error("the weight of [[reward]] " + quoted(term.name) +
                                " is not a finite number");
    any_weight = any_weight || term.weight != 0;
  }
  if (!any_weight)
    throw configuration_error("every [[reward]] has weight = 0; give at least one another weight");
}

void check_objective(const RunConfig& config) {
  require_name("objective.aggregation", config.objective.aggregation,
               Names{"sum_edges", "mean_edges", "mean_per_depth"});
  require_name("objective.step_weight", config.objective.step_weight,
               Names{"none", "inverse_gain", "delta"});
}

void check_probe(const RunConfig& config) {
  if (config.probe.prompts == 0) return;
  const std::vector<int>& seeds = config.probe.seeds;
  if (seeds.empty())
    throw configuration_error(
        "probe.seeds is empty, so a probe would have no picture; name seeds "
        "such as [0, 1, 2], or set probe.prompts = 0 for no probes");
  std::set<int> seen;
  for (const int seed : seeds)
    if (!seen.insert(seed).second)
      throw configuration_error("probe.seeds has " + to_string(seed) +
                                " twice, which gives the same picture twice; list each seed once");
}

// What a schedule must have for credit to mean anything. A config without keyframes; the start of
// its window changes nothing of what is asked here.
void check_credit(const RunConfig& config) {
  const CreditOptions options = credit_options(config);
  const TreeSchedule schedule = schedule_at(config, 0);
  const ScheduleCounts sizes = counts(schedule);
  if (sizes.trained_edges == 0)
    throw configuration_error("no [[schedule.step]] trains; set train = true on a step with noise");
  if (sizes.leaves < 2)
    throw configuration_error(
        "a prompt gets one image, so there is nothing to compare it with; raise " +
        width_keys(config));
  const bool branches = std::any_of(schedule.steps.begin(), schedule.steps.end(),
                                    [](const StepPlan& plan) { return plan.branch > 1; });
  if (!branches && !credit_rule_named(options.rule).reduces_to_grpo)
    throw configuration_error("credit.rule = " + quoted(options.rule) +
                              " compares siblings, but the schedule of " + method_is(config) +
                              " never branches; use credit.rule = 'treegrpo' or a method with "
                              "branches");
}

// Of every schedule that comes later in the run.
void check_each_keyframe(const RunConfig& config) {
  for (std::size_t at = 0; at < config.schedule.keyframe.size(); ++at) {
    const int iteration = config.schedule.keyframe[at].iteration;
    try {
      const RunConfig then = config_at(config, iteration);
      check_schedule_keys(then);
      check_credit(then);
    } catch (const Error& error) {
      throw error.within(keyframe_name(at) + ", from iteration " + to_string(iteration) + " on");
    }
  }
}

// A change of what a keyframe sets would be written down and do nothing.
void check_effect(const RunConfig& config, const ParameterChanged& change) {
  const auto keyframe = keyframe_that_sets(config, change.key, change.iteration);
  if (!keyframe) return;
  throw configuration_error(
      change.key + " is set by " + keyframe_name(*keyframe) + " since iteration " +
      to_string(config.schedule.keyframe[*keyframe].iteration) + ", so changing it at iteration " +
      to_string(change.iteration) + " would do nothing; change " + keyframe_name(*keyframe) +
      ".set, or begin a keyframe there");
}

}  // namespace

void check_schedule_keys(const RunConfig& config) {
  const Method& method = method_named(config.method.name);
  check_custom(config);
  check_steps(config);
  check_noise_level(config);
  if (method.windowed) check_window(config);
  if (method.name == "branchgrpo") check_splits(config);
}

std::string width_keys(const RunConfig& config) {
  return config.method.name == "custom" ? "branch of a [[schedule.step]] or method.trees"
                                        : "method.branch, method.trees or method.group";
}

bool fixed_in_run(std::string_view key) {
  for (const char* section : {"run.", "model.", "prompts.", "reward.", "probe."})
    if (key.starts_with(section)) return true;
  return false;
}

void check_changes(const RunConfig& config, std::span<const ParameterChanged> changes) {
  for (const ParameterChanged& change : changes) {
    if (fixed_in_run(change.key))
      throw configuration_error(change.key + " was changed at iteration " +
                                to_string(change.iteration) +
                                ", but a run keeps it from its beginning; make a new run for it");
    const RunConfig changed = config_of_iteration(config, changes, change.iteration);
    check_config(changed);
    check_effect(changed, change);
  }
}

void check_config(const RunConfig& config) {
  check_keyframes(config);
  const RunConfig first = config_at(config, 0);
  check_schedule_keys(first);
  check_sampler(config);
  check_rewards(config);
  check_objective(config);
  check_probe(config);
  check_credit(first);
  check_each_keyframe(config);
}

}  // namespace treegrpo
