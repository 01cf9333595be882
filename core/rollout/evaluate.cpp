#include "rollout/evaluate.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "base/clock.h"
#include "base/error.h"
#include "base/noise_key.h"
#include "rollout/diversity.h"
#include "rollout/leaf_images.h"
#include "rollout/ode_latents.h"
#include "sampler/noise.h"
#include "scene/caption.h"

namespace treegrpo {
namespace {

// One noise a prompt; the n-th repeat of a prompt is the n-th tree of its key.
at::Tensor fixed_noise(const EvaluationPlan& plan, const PolicyInfo& info) {
  std::map<std::string, std::uint32_t> repeats;
  std::vector<NoiseCounter> counters;
  for (const std::string& prompt : plan.prompts)
    counters.push_back(noise_counter({.seed = plan.seed,
                                      .stream = NoiseStream::evaluate,
                                      .prompt_hash = prompt_hash(prompt),
                                      .tree = repeats[prompt]++}));
  return normal_noise(counters, info.latent_shape);
}

// Final latents of all prompts, or undefined if it was not to proceed.
at::Tensor sample(Policy& policy, const EvaluationPlan& plan,
                  const std::function<bool()>& proceed) {
  const Conditioning conditioning = policy.encode(plan.prompts);
  const at::Tensor start = fixed_noise(plan, policy.info());
  return ode_latents(policy,
                     {.conditioning = &conditioning,
                      .rows = at::arange(start.size(0), at::kLong),
                      .start = start,
                      .sigmas = plan.sigmas,
                      .guidance_scale = plan.guidance_scale,
                      .micro_batch = plan.micro_batch,
                      .weights = plan.weights},
                     proceed);
}

// Mean and its standard error: sample deviation / √n.
struct Score {
  double mean = no_value;
  double error = no_value;
};

Score score_of(const std::vector<double>& values) {
  if (values.empty()) return {};
  const auto n = static_cast<double>(values.size());
  double sum = 0;
  for (const double value : values) sum += value;
  const double mean = sum / n;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, values.size() > 1 ? std::sqrt(squares / (n - 1) / n) : no_value};
}

// Each prompt's task, or nothing if any prompt is no caption of the bundled task.
std::optional<std::vector<SceneTask>> scene_tasks(std::span<const std::string> prompts) {
  std::vector<SceneTask> tasks;
  try {
    for (const std::string& prompt : prompts) tasks.push_back(parse_caption(prompt).task);
  } catch (const Error&) {
    return std::nullopt;
  }
  return tasks;
}

std::vector<double> chosen(const std::vector<double>& values, const std::vector<bool>& which) {
  std::vector<double> found;
  for (std::size_t i = 0; i < which.size(); ++i)
    if (which[i] && i < values.size()) found.push_back(values[i]);
  return found;
}

TaskScore task_score(std::string task, const std::vector<double>& total,
                     const std::vector<double>& strict, const std::vector<bool>& which) {
  const std::vector<double> rewards = chosen(total, which);
  const Score reward = score_of(rewards);
  const Score strict_score = score_of(chosen(strict, which));
  return {.task = std::move(task),
          .reward = reward.mean,
          .reward_error = reward.error,
          .scene_strict = strict_score.mean,
          .scene_strict_error = strict_score.error,
          .n = static_cast<std::int32_t>(rewards.size())};
}

void add_tasks(const std::vector<SceneTask>& tasks, const std::vector<double>& total,
               const std::vector<double>& strict, EvaluationRecord& record) {
  for (int task = 0; task < scene_task_count; ++task) {
    std::vector<bool> which;
    for (const SceneTask each : tasks) which.push_back(each == static_cast<SceneTask>(task));
    if (std::ranges::find(which, true) == which.end()) continue;
    record.by_task.push_back(
        task_score(std::string(task_name(static_cast<SceneTask>(task))), total, strict, which));
  }
}

// The weighted sum of raw columns, an image each.
std::vector<double> weighted_sum(const std::vector<std::vector<double>>& columns,
                                 const std::vector<double>& weights) {
  std::vector<double> total(columns.front().size());
  for (std::size_t column = 0; column < columns.size(); ++column)
    for (std::size_t image = 0; image < total.size(); ++image)
      total[image] += weights[column] * columns[column][image];
  return total;
}

// Graded and strict scores of the bundled task, whatever the run is rewarded for.
std::vector<std::vector<double>> scene_metrics(const at::Tensor& images,
                                               std::span<const std::string> prompts,
                                               EvaluationRecord& record) {
  const std::vector<RewardTerm> terms = {{.name = "scene"}, {.name = "scene_strict"}};
  const RewardMix metrics{terms};
  auto columns = metrics.score(images, prompts);
  for (std::size_t column = 0; column < columns.size(); ++column) {
    const Score score = score_of(columns[column]);
    record.metrics.push_back({metrics.names()[column], score.mean});
    record.metric_errors.push_back({metrics.names()[column], score.error});
  }
  return columns;
}

// Mean over the prompts that repeat of the distance between their images; where none repeats, the
// distance between all images.
double diversity(const at::Tensor& latents, const std::vector<std::string>& prompts) {
  std::map<std::string, std::vector<std::int64_t>> rows;
  for (std::size_t i = 0; i < prompts.size(); ++i)
    rows[prompts[i]].push_back(static_cast<std::int64_t>(i));
  std::vector<double> distances;
  for (const auto& [prompt, of_prompt] : rows)
    if (of_prompt.size() > 1)
      distances.push_back(mean_pairwise_distance(
          latents.index_select(0, at::tensor(of_prompt, latents.options().dtype(at::kLong)))));
  return distances.empty() ? mean_pairwise_distance(latents) : score_of(distances).mean;
}

}  // namespace

std::optional<EvaluationRecord> evaluate(Policy& policy, const RewardMix& rewards,
                                         const EvaluationPlan& plan,
                                         const std::function<bool()>& proceed) {
  const c10::NoGradGuard no_grad;
  const double start = monotonic_seconds();
  const at::Tensor latents = sample(policy, plan, proceed);
  if (!latents.defined()) return std::nullopt;
  const at::Tensor images = decode_leaves(policy, latents, plan.micro_batch, proceed);
  if (!images.defined()) return std::nullopt;
  const auto columns = rewards.score(images, plan.prompts);
  const std::vector<double> total = weighted_sum(columns, rewards.weights());

  EvaluationRecord record;
  const Score reward = score_of(total);
  record.reward = reward.mean;
  record.reward_error = reward.error;
  for (std::size_t column = 0; column < columns.size(); ++column)
    record.reward_by_name.push_back({rewards.names()[column], score_of(columns[column]).mean});
  if (const auto tasks = scene_tasks(plan.prompts)) {
    const auto metrics = scene_metrics(images, plan.prompts, record);
    add_tasks(*tasks, total, metrics[1], record);
  } else {
    record.by_task.push_back(task_score("all", total, {}, std::vector<bool>(total.size(), true)));
  }
  record.diversity = diversity(latents, plan.prompts);
  record.seconds = monotonic_seconds() - start;
  return record;
}

}  // namespace treegrpo
