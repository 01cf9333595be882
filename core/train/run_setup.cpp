#include "train/run_setup.h"

#include <algorithm>
#include <span>

#include "base/error.h"
#include "policy/catalog.h"
#include "train/compute_device.h"
#include "train/objective.h"
#include "tree/check_config.h"

namespace treegrpo {
namespace {

// Prompts that are tried before a run: a language model of billions would take minutes over all.
constexpr int most_prompts_tried = 512;

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

RunSetup set_up_run(const ModelFiles& model, const RunConfig& config) {
  check_config(config);
  objective_options(config);
  const at::Device device = device_from_name(config.run.device);
  prepare_computing(config.run.threads);

  PromptSource prompts(config.prompts.train, config.run.seed);
  prompts.next(0, config.prompts.per_iteration);
  RunSetup setup{
      .policy = open_policy({.model = model.model, .weights = model.weights.value_or("")}, device,
                            precision_from_name(config.run.precision)),
      .prompts = std::move(prompts),
      .held_out = held_out_prompts(config.prompts.held_out, config.evaluation.prompts),
      .rewards = RewardMix(config.reward)};
  check_prediction(*setup.policy, config);
  check_prompts(*setup.policy, "prompts.train", setup.prompts.first(most_prompts_tried));
  check_prompts(*setup.policy, "prompts.held_out", setup.held_out);
  return setup;
}

}  // namespace treegrpo
