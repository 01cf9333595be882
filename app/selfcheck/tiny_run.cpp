#include "selfcheck/tiny_run.h"

#include <ATen/ATen.h>

#include <utility>

#include "train/policy_update.h"
#include "tree/method.h"

namespace treegrpo::selfcheck {

RunConfig tiny_config(const std::string& method, const at::Device& device, int prompts) {
  RunConfig config;
  config.run.seed = 1;
  config.run.device = device.is_cuda() ? "cuda" : "cpu";
  config.method.name = method;
  config.method.window_rule = "fixed";
  config.method.window_start = 3;
  config.sampler.kind = method_named(method).sampler_kind;
  config.credit.rule = method_named(method).credit_rule;
  if (config.sampler.kind == "dance_sde") config.sampler.noise_level = .3;
  config.prompts.per_iteration = prompts;
  config.credit.std_min = .05;
  config.optimizer = {.learning_rate = 2e-4, .weight_decay = 0, .gradient_clip = 1};
  config.evaluation.prompts = 42;
  return config;
}

TinyRun::TinyRun(const Machine& machine, const RunConfig& config)
    : setup_(set_up_run({.model = machine.model, .weights = {}}, config)),
      commands_({}, nullptr),
      optimizer_(setup_.policy->parameters(Weights::current), optimizer_options(config)),
      trainer_({.policy = *setup_.policy,
                .optimizer = optimizer_,
                .prompts = setup_.prompts,
                .rewards = setup_.rewards,
                .commands = commands_,
                .hooks = hooks_},
               config) {
  hooks_.iteration_finished = [this](IterationRecord& record, std::vector<TreeRecord>&& trees) {
    record_ = record;
    trees_ = std::move(trees);
  };
}

const IterationRecord& TinyRun::iterate() {
  trainer_.iterate(0);
  return record_;
}

at::Tensor TinyRun::weights() const {
  std::vector<at::Tensor> parts;
  for (const NamedTensor& each : setup_.policy->parameters(Weights::current))
    parts.push_back(each.tensor.detach().to(at::kCPU).flatten());
  return at::cat(parts);
}

}  // namespace treegrpo::selfcheck
