// What a config names, opened and checked before a run: model, rewards, prompts, device.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "policy/policy.h"
#include "reward/reward_mix.h"
#include "train/prompt_source.h"

namespace treegrpo {

// What tells a model's file from another one. Throws Error (model_file) if it cannot be read.
std::string model_fingerprint(const std::filesystem::path& model);

// Throws Error if that is not the file's fingerprint; empty: whichever it is.
void check_model_file(const std::filesystem::path& model, const std::string& wanted);

// The policy of a run, with the weights of files; computing is set up for the config's threads and
// device. Throws Error: a missing model or device, a model of another fingerprint than the
// config's.
std::unique_ptr<Policy> open_run_policy(const ModelFiles& model, const RunConfig& config);

// What an evaluation works with.
struct EvaluationSetup {
  std::unique_ptr<Policy> policy;
  std::vector<std::string> held_out;
  RewardMix rewards;
};

// Opens it as open_run_policy does. Throws Error likewise, and if the config's keys contradict each
// other, a reward is unknown or the model cannot encode prompts.
EvaluationSetup set_up_evaluation(const ModelFiles& model, const RunConfig& config);

struct RunSetup {
  std::unique_ptr<Policy> policy;
  PromptSource prompts;
  std::vector<std::string> held_out;
  std::vector<std::string> probes;
  RewardMix rewards;
};

// As set_up_evaluation, and what training needs. Throws Error likewise, and if there are too few
// prompts or the model does not fit the sampler.
RunSetup set_up_run(const ModelFiles& model, const RunConfig& config);

}  // namespace treegrpo
