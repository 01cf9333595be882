#include "bench/cases.h"

#include <algorithm>

#include "record/config_toml.h"
#include "tree/method.h"

namespace treegrpo::bench {
namespace {

using Keys = std::vector<std::string>;

const Keys dance = {"method.name=dancegrpo", "sampler.kind=dance_sde", "sampler.noise_level=0.3"};

Keys joined(Keys first, const Keys& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

RunConfig config_of(const Keys& keys, int threads) {
  return load_config(TREEGRPO_SOURCE_DIR "/experiments/tiny/treegrpo.toml",
                     joined(keys, {"run.threads=" + std::to_string(threads)}));
}

std::string key(const std::string& name, int value) { return name + "=" + std::to_string(value); }

// k to the power w: leaves of a tree.
int leaves(int branch, int window) {
  int count = 1;
  for (int step = 0; step < window; ++step) count *= branch;
  return count;
}

// Both methods at one point of an axis.
void add(std::vector<Point>& points, const Point& at, const Keys& keys, int leaf_count,
         int threads) {
  const Keys tree = {"method.window_rule=fixed", "method.window_start=1"};
  Point point = at;
  point.method = "treegrpo";
  point.config = config_of(joined(tree, keys), threads);
  points.push_back(point);
  point.method = "dancegrpo";
  point.config = config_of(joined(joined(dance, keys), {key("method.group", leaf_count)}), threads);
  points.push_back(point);
}

}  // namespace

std::vector<Case> methods(int threads) {
  std::vector<Case> cases = {
      {.name = "treegrpo", .title = "TreeGRPO, w = 3, k = 3, r = .5", .keys = {}, .config = {}},
      {.name = "mixgrpo",
       .title = "MixGRPO, w = 3",
       .keys = {"method.name=mixgrpo", "method.window_rule=shifting"},
       .config = {}},
      {.name = "dancegrpo",
       .title = "DanceGRPO, all steps but the last",
       .keys = dance,
       .config = {}},
      {.name = "dancegrpo_60",
       .title = "DanceGRPO, 60 % of them",
       .keys = joined(dance, {"method.train_fraction=0.6"}),
       .config = {}},
      {.name = "flow_grpo", .title = "Flow-GRPO", .keys = {"method.name=flow_grpo"}, .config = {}},
      {.name = "branchgrpo",
       .title = "BranchGRPO, 16 leaves",
       .keys = {"method.name=branchgrpo", "method.branch=2", "sampler.kind=dance_sde",
                "sampler.noise_level=0.3", "credit.rule=branchgrpo"},
       .config = {}},
  };
  for (Case& each : cases) each.config = config_of(each.keys, threads);
  return cases;
}

std::vector<Share> shares(const RunConfig& config) {
  if (config.method.name != "treegrpo" || config.method.window_rule != "random_geometric")
    return {{.iteration = 0, .share = 1}};
  std::vector<Share> all;
  const std::vector<double> probabilities = window_probabilities(config);
  for (std::size_t start = 0; start < probabilities.size(); ++start) {
    std::int32_t iteration = 0;  // the first one that draws this start
    while (window_start_at(config, iteration) != static_cast<int>(start)) ++iteration;
    all.push_back({.iteration = iteration, .share = probabilities[start]});
  }
  return all;
}

std::vector<Point> series(int threads) {
  std::vector<Point> points;
  for (const int branch : {2, 3, 4})
    add(points, {.axis = "branch", .value = branch, .method = {}, .config = {}},
        {key("method.branch", branch)}, leaves(branch, 3), threads);
  for (const int window : {1, 2, 3, 4})
    add(points, {.axis = "window", .value = window, .method = {}, .config = {}},
        {key("method.window", window)}, leaves(3, window), threads);
  for (const int steps : {5, 10, 15, 20})
    add(points, {.axis = "steps", .value = steps, .method = {}, .config = {}},
        {key("sampler.steps", steps)}, 27, threads);
  for (const int prompts : {2, 4, 8, 16})
    add(points, {.axis = "prompts", .value = prompts, .method = {}, .config = {}},
        {key("prompts.per_iteration", prompts)}, 27, threads);
  for (const int heads : {1, 3, 6})  // of 32 numbers each
    add(points, {.axis = "width", .value = 32 * heads, .method = {}, .config = {}, .heads = heads},
        {}, 27, threads);
  return points;
}

}  // namespace treegrpo::bench
