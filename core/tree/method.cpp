#include "tree/method.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "base/noise_key.h"
#include "tree/check_config.h"
#include "tree/keyframes.h"
#include "tree/known_name.h"
#include "tree/schedule.h"
#include "tree/schedule_rules.h"

namespace treegrpo {
namespace {

constexpr std::array<Method, 6> table = {{
    {.name = "treegrpo",
     .title = "TreeGRPO",
     .citation = "Ding and Ye 2025, arXiv 2512.08153",
     .sentence = "One noise grows into a tree: a window of steps branches and trains, the steps "
                 "around it are ODE steps, and leaf rewards are backed up to every edge.",
     .credit_rule = "treegrpo",
     .sampler_kind = "flow_sde",
     .windowed = true,
     .settings = "sampler.noise_level=0.7 method.window=3 method.branch=3 method.trees=1 "
                 "method.window_rule=random_geometric method.window_ratio=0.5",
     .schedule = schedule_rules::window_tree},
    {.name = "flow_grpo",
     .title = "Flow-GRPO",
     .citation = "Liu et al. 2025, arXiv 2505.05470",
     .sentence = "A group of images from separate noises, every step but the last noisy and "
                 "trained with the image's own z-score.",
     .credit_rule = "treegrpo",
     .sampler_kind = "flow_sde",
     .windowed = false,
     .settings = "sampler.noise_level=0.7",
     .schedule = schedule_rules::noisy_chains},
    {.name = "dancegrpo",
     .title = "DanceGRPO",
     .citation = "Xue et al. 2025, arXiv 2505.07818",
     .sentence = "A group of images from one noise, every step but the last noisy with a constant "
                 "noise level, a share of the steps trained.",
     .credit_rule = "treegrpo",
     .sampler_kind = "dance_sde",
     .windowed = false,
     .settings = "sampler.noise_level=0.3 method.train_fraction=0.6",
     .schedule = schedule_rules::partly_trained_chains},
    {.name = "mixgrpo",
     .title = "MixGRPO",
     .citation = "Li et al. 2025, arXiv 2507.21802",
     .sentence = "A group of images from one noise, noise and training in a window that moves "
                 "with the iterations, ODE steps elsewhere.",
     .credit_rule = "treegrpo",
     .sampler_kind = "flow_sde",
     .windowed = true,
     .settings = "sampler.noise_level=0.7 method.window=4 method.window_rule=shifting "
                 "method.window_start=0 method.shift_every=25 method.shift_by=1",
     .schedule = schedule_rules::window_chains},
    {.name = "branchgrpo",
     .title = "BranchGRPO",
     .citation = "Li et al. 2025, arXiv 2509.06040",
     .sentence = "One noise grows into a tree that splits at chosen steps; every step but the "
                 "last is noisy and trained with values z-scored by depth.",
     .credit_rule = "branchgrpo",
     .sampler_kind = "dance_sde",
     .windowed = false,
     .settings = "sampler.noise_level=0.3 method.branch=2 method.trees=1",
     .schedule = schedule_rules::split_tree},
    {.name = "custom",
     .title = "Custom schedule",
     .citation = "",
     .sentence = "The steps are those of [[schedule.step]]: branch, noise_level and train of each.",
     .credit_rule = "treegrpo",
     .sampler_kind = "flow_sde",
     .windowed = false,
     .settings = "",
     .schedule = schedule_rules::spelled_out},
}};

int last_start(const RunConfig& config) { return config.sampler.steps - config.method.window - 1; }

// One draw an iteration, from a key of its own.
int random_start(const RunConfig& config, int iteration) {
  const NoiseCounter counter = noise_counter({.seed = config.run.seed,
                                              .stream = NoiseStream::data,
                                              .iteration = static_cast<std::uint32_t>(iteration),
                                              .prompt_hash = prompt_hash("start of the window")});
  double left = uniform(counter, 0);
  const std::vector<double> probabilities = window_probabilities(config);
  int start = 0;
  while (start < last_start(config)) {
    left -= probabilities[static_cast<std::size_t>(start)];
    if (left < 0) break;
    ++start;
  }
  return start;
}

int shifted_start(const RunConfig& config, int iteration) {
  const int passed = std::max(0, iteration - config.method.shift_from);
  const std::int64_t shifts = passed / std::max(1, config.method.shift_every);
  const std::int64_t start = config.method.window_start + shifts * config.method.shift_by;
  return static_cast<int>(std::clamp<std::int64_t>(start, 0, last_start(config)));
}

}  // namespace

std::span<const Method> methods() { return table; }

const Method& method_named(std::string_view name) {
  return row_named<Method>(methods(), name, "method.name");
}

TreeSchedule schedule_at(const RunConfig& config, int iteration) {
  const RunConfig now = config_at(config, iteration);
  check_schedule_keys(now);
  TreeSchedule schedule = method_named(now.method.name).schedule(now, iteration);
  validate(schedule, now.schedule.max_leaves, width_keys(now));
  return now.sampler.share_prefix ? share_prefix(std::move(schedule)) : schedule;
}

int window_start_at(const RunConfig& given, int iteration) {
  const RunConfig config = config_at(given, iteration);
  if (!method_named(config.method.name).windowed) return -1;
  if (config.method.window_rule == "random_geometric") return random_start(config, iteration);
  if (config.method.window_rule == "shifting") return shifted_start(config, iteration);
  return std::clamp(config.method.window_start, 0, last_start(config));
}

std::vector<double> window_probabilities(const RunConfig& config) {
  const auto starts = static_cast<std::size_t>(std::max(0, last_start(config) + 1));
  // Dividing by the sum instead of the closed form keeps r = 1, the uniform window, defined.
  std::vector<double> probabilities(starts);
  double sum = 0;
  for (std::size_t start = 0; start < starts; ++start) {
    probabilities[start] = std::pow(config.method.window_ratio, static_cast<double>(start));
    sum += probabilities[start];
  }
  for (double& probability : probabilities) probability /= sum;
  return probabilities;
}

}  // namespace treegrpo
