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

// What an evaluation works with.
struct EvaluationSetup {
  std::unique_ptr<Policy> policy;
  std::vector<std::string> held_out;
  RewardMix rewards;
};

// Opens it; computing is set up for the config's threads and device. Throws Error if it could not
// be done: the config's keys, a missing model or device, a model of another fingerprint than the
// config's, an unknown reward, prompts that the model cannot encode.
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
