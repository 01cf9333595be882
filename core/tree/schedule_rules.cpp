#include "tree/schedule_rules.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/noise_key.h"
#include "tree/method.h"

namespace treegrpo::schedule_rules {
namespace {

TreeSchedule ode_schedule(const RunConfig& config, int roots, bool shared_root_noise) {
  return {.roots = roots,
          .shared_root_noise = shared_root_noise,
          .steps = std::vector<StepPlan>(static_cast<std::size_t>(config.sampler.steps))};
}

// The window's steps draw noise, train and have `branch` children.
void open_window(TreeSchedule& schedule, const RunConfig& config, int iteration, int branch) {
  schedule.window_start = window_start_at(config, iteration);
  const auto first = schedule.steps.begin() + schedule.window_start;
  std::fill(first, first + config.method.window,
            StepPlan{.branch = branch, .noise_level = config.sampler.noise_level, .train = true});
}

// Every step but the last draws noise and trains.
void open_all(TreeSchedule& schedule, const RunConfig& config) {
  std::fill(schedule.steps.begin(), schedule.steps.end() - 1,
            StepPlan{.branch = 1, .noise_level = config.sampler.noise_level, .train = true});
}

// `keep` of 0..steps-1, every choice equally likely (Fisher-Yates), fixed by seed and iteration.
std::vector<int> drawn_steps(const RunConfig& config, int iteration, int steps, int keep) {
  std::vector<int> order(static_cast<std::size_t>(steps));
  std::iota(order.begin(), order.end(), 0);
  const NoiseCounter counter =
      noise_counter({.seed = config.run.seed,
                     .stream = NoiseStream::data,
                     .iteration = static_cast<std::uint32_t>(iteration),
                     .prompt_hash = prompt_hash("steps that DanceGRPO trains")});
  for (int at = 0; at < keep; ++at) {
    const double draw = uniform(counter, static_cast<std::uint32_t>(at));
    const int other = at + static_cast<int>(draw * (steps - at));
    std::swap(order[static_cast<std::size_t>(at)], order[static_cast<std::size_t>(other)]);
  }
  order.resize(static_cast<std::size_t>(keep));
  return order;
}

}  // namespace

TreeSchedule window_tree(const RunConfig& config, int iteration) {
  TreeSchedule schedule = ode_schedule(config, config.method.trees, false);
  open_window(schedule, config, iteration, config.method.branch);
  return schedule;
}

TreeSchedule noisy_chains(const RunConfig& config, int /*iteration*/) {
  TreeSchedule schedule = ode_schedule(config, config.method.group, false);
  open_all(schedule, config);
  return schedule;
}

TreeSchedule partly_trained_chains(const RunConfig& config, int iteration) {
  TreeSchedule schedule = ode_schedule(config, config.method.group, true);
  open_all(schedule, config);
  const int trainable = config.sampler.steps - 1;
  // The small number keeps .6·5 = 3.0000000000000004 from being four steps.
  const int trained = std::clamp(
      static_cast<int>(std::ceil(config.method.train_fraction * trainable - 1e-9)), 1, trainable);
  if (trained == trainable) return schedule;
  for (StepPlan& plan : schedule.steps) plan.train = false;
  for (const int step : drawn_steps(config, iteration, trainable, trained))
    schedule.steps[static_cast<std::size_t>(step)].train = true;
  return schedule;
}

TreeSchedule window_chains(const RunConfig& config, int iteration) {
  TreeSchedule schedule = ode_schedule(config, config.method.group, true);
  open_window(schedule, config, iteration, 1);
  return schedule;
}

TreeSchedule split_tree(const RunConfig& config, int /*iteration*/) {
  TreeSchedule schedule = ode_schedule(config, config.method.trees, false);
  open_all(schedule, config);
  for (const int step : config.method.split_steps)
    schedule.steps[static_cast<std::size_t>(step)].branch = config.method.branch;
  return schedule;
}

TreeSchedule spelled_out(const RunConfig& config, int /*iteration*/) {
  return {.roots = config.method.trees, .shared_root_noise = false, .steps = config.schedule.step};
}

}  // namespace treegrpo::schedule_rules
