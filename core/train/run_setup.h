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

struct RunSetup {
  std::unique_ptr<Policy> policy;
  PromptSource prompts;
  std::vector<std::string> held_out;
  RewardMix rewards;
};

// Opens all of it; computing is set up for the config's threads and device. Throws Error if
// anything could not run: the config's keys, a missing model or device, an unknown reward, prompts
// that are too few or that the model cannot encode.
RunSetup set_up_run(const ModelFiles& model, const RunConfig& config);

}  // namespace treegrpo
