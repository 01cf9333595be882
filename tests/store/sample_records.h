// Records to store: random ones, and what it takes to tell two of them apart.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

#include "record/iteration_record.h"
#include "record/probe_record.h"
#include "record/tree_record.h"
#include "store/run_rows.h"

namespace treegrpo::test {

// Random values of any size and sign, none and infinite ones among them.
class RandomRecords {
 public:
  explicit RandomRecords(unsigned seed) : random_(seed) {}

  int whole(int least, int most) {
    return std::uniform_int_distribution<int>(least, most)(random_);
  }

  double number() {
    switch (whole(0, 9)) {
      case 0:
        return no_value;
      case 1:
        return whole(0, 1) == 0 ? std::numeric_limits<double>::infinity()
                                : -std::numeric_limits<double>::infinity();
      case 2:
        return std::numeric_limits<double>::denorm_min();
      default:
        return std::ldexp(std::uniform_real_distribution<double>(-1, 1)(random_), whole(-60, 60));
    }
  }

  std::string text() {
    const std::vector<std::string> texts = {"", "a red circle", "zwei Würfel", "it's \"quoted\"",
                                            "線\n二"};
    return texts[static_cast<std::size_t>(whole(0, 4))];
  }

  Image image(int side) {
    Image image{.width = side, .height = side, .rgb = {}};
    for (int i = 0; i < side * side * 3; ++i)
      image.rgb.push_back(static_cast<std::uint8_t>(whole(0, 255)));
    return image;
  }

  std::vector<NamedValue> named_values() {
    std::vector<NamedValue> values;
    for (int i = whole(0, 3); i > 0; --i) values.push_back({text(), number()});
    return values;
  }

  std::vector<double> numbers(int count) {
    std::vector<double> values;
    for (int i = 0; i < count; ++i) values.push_back(number());
    return values;
  }

  TreeRecord tree(std::int32_t iteration, std::int32_t prompt);
  IterationRecord iteration(std::int32_t index);
  EvaluationRecord evaluation(std::int32_t index);
  ProbeRecord probe(std::int32_t index);

 private:
  std::mt19937 random_;
};

inline TreeRecord RandomRecords::tree(std::int32_t iteration, std::int32_t prompt) {
  TreeRecord record;
  record.iteration = iteration;
  record.prompt = {prompt};
  record.text = text();
  record.schedule.roots = whole(1, 3);
  record.schedule.shared_root_noise = whole(0, 1) == 1;
  record.schedule.window_start = whole(-1, 2);
  for (int step = whole(0, 4); step > 0; --step)
    record.schedule.steps.push_back(
        {.branch = whole(1, 3), .noise_level = number(), .train = whole(0, 1) == 1});
  record.sigmas = numbers(record.steps() + 1);
  record.latent_dimensions = whole(0, 70000);
  const auto add = [&](std::int32_t parent, std::int32_t tree, std::int32_t child,
                       std::int32_t step) {
    TreeNode node;
    node.parent = parent;
    node.tree = tree;
    node.child = child;
    node.step = step;
    node.kind = parent < 0 ? NodeKind::root : whole(0, 1) == 0 ? NodeKind::sde : NodeKind::ode;
    for (double* field : {&node.log_prob, &node.value, &node.advantage, &node.ratio, &node.kl})
      *field = number();
    if (whole(0, 2) == 0) node.image = image(whole(1, 6));
    record.nodes.push_back(node);
  };
  for (std::int32_t root = 0; root < record.schedule.roots; ++root) add(-1, root, 0, 0);
  for (std::size_t parent = 0; parent < record.nodes.size(); ++parent) {
    const auto [tree, step] = std::pair(record.nodes[parent].tree, record.nodes[parent].step);
    if (step == record.steps()) break;
    for (int child = 0; child < record.schedule.steps[static_cast<std::size_t>(step)].branch;
         ++child)
      add(static_cast<std::int32_t>(parent), tree, child, step + 1);
  }
  for (int column = whole(0, 3); column > 0; --column) {
    record.reward_names.push_back(text());
    record.reward_weights.push_back(number());
    record.rewards.push_back(numbers(static_cast<int>(leaves(record).size())));
  }
  return record;
}

inline IterationRecord RandomRecords::iteration(std::int32_t index) {
  IterationRecord record;
  record.iteration = index;
  record.reward_by_name = named_values();
  for (double* field : {&record.reward, &record.loss, &record.ratio_mean, &record.ratio_std,
                        &record.ratio_max, &record.clip_fraction, &record.kl, &record.grad_norm,
                        &record.learning_rate, &record.diversity, &record.softmax_ess,
                        &record.seconds.sample, &record.seconds.decode, &record.seconds.reward,
                        &record.seconds.train, &record.seconds.store, &record.seconds.total})
    *field = number();
  for (std::int64_t* field : {&record.nfe, &record.trained_passes, &record.forward_passes,
                              &record.leaves, &record.peak_bytes})
    *field = static_cast<std::int64_t>(whole(0, 1'000'000)) * whole(1, 1'000'000);
  record.window_start = whole(-1, 9);
  record.advantage_std_by_depth = numbers(whole(0, 4));
  record.skipped_groups = whole(0, 9);
  return record;
}

inline EvaluationRecord RandomRecords::evaluation(std::int32_t index) {
  EvaluationRecord record;
  record.iteration = index;
  for (double* field : {&record.reward, &record.reward_error, &record.diversity, &record.seconds})
    *field = number();
  record.reward_by_name = named_values();
  record.metrics = named_values();
  record.metric_errors = named_values();
  for (int task = whole(0, 3); task > 0; --task)
    record.by_task.push_back({.task = text(),
                              .reward = number(),
                              .reward_error = number(),
                              .scene_strict = number(),
                              .scene_strict_error = number(),
                              .n = whole(0, 99)});
  return record;
}

inline ProbeRecord RandomRecords::probe(std::int32_t index) {
  ProbeRecord record{.iteration = index, .prompts = {}, .seconds = number()};
  const int seeds = whole(1, 3);
  for (int prompt = whole(1, 3); prompt > 0; --prompt) {
    ProbedPrompt& probed = record.prompts.emplace_back();
    probed.text = text();
    probed.diversity = number();
    for (int seed = 0; seed < seeds; ++seed)
      probed.pictures.push_back({.seed = 7 - seed,
                                 .rewards = named_values(),
                                 .kl = number(),
                                 .image = whole(0, 3) == 0 ? Image{} : image(whole(1, 6))});
  }
  return record;
}

// Equality in which a missing number equals a missing number.
inline bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

inline bool same(const NamedValue& a, const NamedValue& b) {
  return a.name == b.name && same(a.value, b.value);
}

inline bool same(const StepPlan& a, const StepPlan& b) {
  return a.branch == b.branch && same(a.noise_level, b.noise_level) && a.train == b.train;
}

inline bool same(const TreeNode& a, const TreeNode& b) {
  return a.parent == b.parent && a.tree == b.tree && a.child == b.child && a.step == b.step &&
         a.kind == b.kind && same(a.log_prob, b.log_prob) && same(a.value, b.value) &&
         same(a.advantage, b.advantage) && same(a.ratio, b.ratio) && same(a.kl, b.kl) &&
         a.image == b.image;
}

inline bool same(const TaskScore& a, const TaskScore& b) {
  return a.task == b.task && same(a.reward, b.reward) && same(a.reward_error, b.reward_error) &&
         same(a.scene_strict, b.scene_strict) && same(a.scene_strict_error, b.scene_strict_error) &&
         a.n == b.n;
}

bool same(const ProbePicture& a, const ProbePicture& b);
bool same(const ProbedPrompt& a, const ProbedPrompt& b);
bool same(const ProbeRecord& a, const ProbeRecord& b);

template <typename Value>
bool same(const std::vector<Value>& a, const std::vector<Value>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!same(a[i], b[i])) return false;
  return true;
}

inline bool same(const TreeRecord& a, const TreeRecord& b) {
  return a.iteration == b.iteration && a.prompt == b.prompt && a.text == b.text &&
         a.schedule.roots == b.schedule.roots &&
         a.schedule.shared_root_noise == b.schedule.shared_root_noise &&
         a.schedule.window_start == b.schedule.window_start &&
         same(a.schedule.steps, b.schedule.steps) && same(a.sigmas, b.sigmas) &&
         a.latent_dimensions == b.latent_dimensions && same(a.nodes, b.nodes) &&
         a.reward_names == b.reward_names && same(a.reward_weights, b.reward_weights) &&
         same(a.rewards, b.rewards);
}

inline bool same(const ProbePicture& a, const ProbePicture& b) {
  return a.seed == b.seed && same(a.rewards, b.rewards) && same(a.kl, b.kl) && a.image == b.image;
}

inline bool same(const ProbedPrompt& a, const ProbedPrompt& b) {
  return a.text == b.text && same(a.diversity, b.diversity) && same(a.pictures, b.pictures);
}

inline bool same(const ProbeRecord& a, const ProbeRecord& b) {
  return a.iteration == b.iteration && same(a.prompts, b.prompts) && same(a.seconds, b.seconds);
}

inline bool same(const IterationRecord& a, const IterationRecord& b) {
  return a.iteration == b.iteration && same(a.reward, b.reward) &&
         same(a.reward_by_name, b.reward_by_name) && same(a.loss, b.loss) &&
         same(a.ratio_mean, b.ratio_mean) && same(a.ratio_std, b.ratio_std) &&
         same(a.ratio_max, b.ratio_max) && same(a.clip_fraction, b.clip_fraction) &&
         same(a.kl, b.kl) && same(a.grad_norm, b.grad_norm) &&
         same(a.learning_rate, b.learning_rate) && a.nfe == b.nfe &&
         a.trained_passes == b.trained_passes && a.forward_passes == b.forward_passes &&
         a.leaves == b.leaves && a.window_start == b.window_start &&
         same(a.advantage_std_by_depth, b.advantage_std_by_depth) &&
         same(a.diversity, b.diversity) && a.skipped_groups == b.skipped_groups &&
         same(a.softmax_ess, b.softmax_ess) && same(a.seconds.sample, b.seconds.sample) &&
         same(a.seconds.decode, b.seconds.decode) && same(a.seconds.reward, b.seconds.reward) &&
         same(a.seconds.train, b.seconds.train) && same(a.seconds.store, b.seconds.store) &&
         same(a.seconds.total, b.seconds.total) && a.peak_bytes == b.peak_bytes;
}

inline bool same(const EvaluationRecord& a, const EvaluationRecord& b) {
  return a.iteration == b.iteration && same(a.reward, b.reward) &&
         same(a.reward_error, b.reward_error) && same(a.reward_by_name, b.reward_by_name) &&
         same(a.metrics, b.metrics) && same(a.metric_errors, b.metric_errors) &&
         same(a.by_task, b.by_task) && same(a.diversity, b.diversity) && same(a.seconds, b.seconds);
}

// A run as small as it gets.
inline RunCreation creation(const std::string& name = {}) {
  RunCreation creation;
  creation.config.run.name = name;
  creation.config.run.seed = 1;
  creation.config_toml = "[run]\nseed = 1\n";
  creation.provenance = {.version = "0.1.0",
                         .commit = "abc",
                         .host = {},
                         .cpu = "a cpu",
                         .device = "cpu",
                         .torch = "2.15",
                         .threads = 2,
                         .wait_policy = "passive"};
  return creation;
}

// One root, `leaf_count` leaves under it in one step, every node with a picture.
inline TreeRecord small_tree(std::int32_t iteration, std::int32_t prompt, int leaf_count = 3,
                             int side = 8) {
  RandomRecords random(static_cast<unsigned>(iteration * 100 + prompt));
  TreeRecord record;
  record.iteration = iteration;
  record.prompt = {prompt};
  record.text = "a red circle";
  record.schedule.steps = {{.branch = leaf_count, .noise_level = .7, .train = true}};
  record.sigmas = {1, 0};
  record.nodes.resize(static_cast<std::size_t>(leaf_count) + 1);
  record.nodes[0].image = random.image(side);
  record.reward_names = {"scene"};
  record.reward_weights = {1};
  record.rewards.resize(1);
  for (int child = 0; child < leaf_count; ++child) {
    TreeNode& leaf = record.nodes[static_cast<std::size_t>(child) + 1];
    leaf.parent = 0;
    leaf.child = child;
    leaf.step = 1;
    leaf.kind = NodeKind::sde;
    leaf.image = random.image(side);
    record.rewards[0].push_back(.25 * child);
  }
  return record;
}

inline IterationRecord plain_iteration(std::int32_t index) {
  IterationRecord record;
  record.iteration = index;
  record.reward = .5 + index;
  return record;
}

}  // namespace treegrpo::test
