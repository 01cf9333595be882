#include "train/run_setup.h"

#include <algorithm>
#include <filesystem>
#include <span>
#include <utility>

#include "base/error.h"
#include "base/fingerprint.h"
#include "policy/catalog.h"
#include "train/compute_device.h"
#include "train/objective.h"
#include "train/probe_plan.h"
#include "tree/check_config.h"

namespace treegrpo {
namespace {

// Prompts that are tried before a run: a language model of billions would take minutes over all.
constexpr int most_prompts_tried = 512;

// A file that cannot be opened as the model it should be, whatever is wrong with it.
template <class Open>
auto opened(const Open& open) {
  try {
    return open();
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::failure) throw;
    throw Error(error.what(), ErrorKind::model_file);
  }
}

void check_prediction(const Policy& policy, const RunConfig& config) {
  const bool noise = policy.info().prediction == PredictionKind::epsilon;
  if (noise == (config.sampler.kind == "ddim")) return;
  throw configuration_error(
      "sampler.kind = '" + config.sampler.kind + "' does not fit the model '" + policy.info().name +
      "', which predicts " +
      (noise ? "the noise; use ddim" : "a velocity; use flow_sde, dance_sde or cps"));
}

void check_prompts(Policy& policy, const std::string& key,
                   const std::vector<std::string>& prompts) {
  constexpr std::size_t batch = 64;
  for (std::size_t begin = 0; begin < prompts.size(); begin += batch) {
    const std::size_t size = std::min(batch, prompts.size() - begin);
    try {
      policy.encode(std::span(prompts).subspan(begin, size));
    } catch (const Error& error) {
      throw Error(error.within("in " + key).what(), ErrorKind::configuration);
    }
  }
}

}  // namespace

std::string model_fingerprint(const std::filesystem::path& model) {
  return opened([&] { return file_fingerprint(model); });
}

void check_model_file(const std::filesystem::path& model, const std::string& wanted) {
  if (wanted.empty()) return;
  const std::string found = model_fingerprint(model);
  if (found == wanted) return;
  throw Error(
      "the model file '" + model.string() + "' has the fingerprint " + found +
          ", but model.fingerprint = '" + wanted +
          "': it is not the one that this run was made with; put that back, or make a new run "
          "with this one",
      ErrorKind::model_file);
}

std::unique_ptr<Policy> open_run_policy(const ModelFiles& model, const RunConfig& config) {
  const at::Device device = device_from_name(config.run.device);
  prepare_computing(config.run.threads);
  check_model_file(model.model, config.model.fingerprint);
  return opened([&] {
    return open_policy({.model = model.model, .weights = model.weights.value_or("")}, device,
                       precision_from_name(config.run.precision));
  });
}

EvaluationSetup set_up_evaluation(const ModelFiles& model, const RunConfig& config) {
  check_config(config);
  EvaluationSetup setup{
      .policy = open_run_policy(model, config),
      .held_out = held_out_prompts(config.prompts.held_out, config.evaluation.prompts),
      .rewards = RewardMix(config.reward)};
  check_prompts(*setup.policy, "prompts.held_out", setup.held_out);
  return setup;
}

RunSetup set_up_run(const ModelFiles& model, const RunConfig& config) {
  check_config(config);
  objective_options(config);
  PromptSource prompts(config.prompts.train, config.run.seed);
  prompts.next(0, config.prompts.per_iteration);
  EvaluationSetup evaluation = set_up_evaluation(model, config);
  check_prediction(*evaluation.policy, config);
  check_prompts(*evaluation.policy, "prompts.train", prompts.first(most_prompts_tried));
  std::vector<std::string> probes = probe_prompts(config);
  check_prompts(*evaluation.policy, "probe.source", probes);
  return {.policy = std::move(evaluation.policy),
          .prompts = std::move(prompts),
          .held_out = std::move(evaluation.held_out),
          .probes = std::move(probes),
          .rewards = std::move(evaluation.rewards)};
}

}  // namespace treegrpo
