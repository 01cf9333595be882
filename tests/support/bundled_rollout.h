// Trees of the bundled model, for what only a real network shows: rounding, and its precision.
#pragma once

#include <ATen/ATen.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "policy/catalog.h"
#include "rollout/grow.h"
#include "tree/method.h"
#include "tree/sigmas.h"

namespace treegrpo::test {

inline std::filesystem::path bundled_model() {
  return std::filesystem::path(TREEGRPO_SOURCE_DIR) / "resources/models/tiny.safetensors";
}

inline const std::vector<std::string> bundled_captions = {
    "a circle", "a green circle and a red square", "three yellow crosses",
    "a blue square left of a triangle"};

// Grown by the config's schedule of iteration 0; the advantages are made up, so that no detector's
// threshold turns rounding into something else.
struct BundledRollout {
  std::unique_ptr<Policy> policy;
  Conditioning conditioning;
  std::vector<GrownTree> trees;

  explicit BundledRollout(const RunConfig& config)
      : policy(open_policy({.model = bundled_model(), .weights = {}}, at::kCPU,
                           precision_from_name(config.run.precision))),
        conditioning(policy->encode(bundled_captions)) {
    trees = *grow(*policy, {.prompts = bundled_captions,
                            .conditioning = &conditioning,
                            .schedule = schedule_at(config, 0),
                            .sigmas = sigma_table(policy->info().sigma_rule, config.sampler.steps,
                                                  config.sampler.shift),
                            .kind = step_kind_from_name(config.sampler.kind),
                            .guidance_scale = config.model.guidance_scale,
                            .micro_batch = config.sampler.micro_batch,
                            .seed = config.run.seed,
                            .watched = {}});
    for (GrownTree& tree : trees)
      for (const TrainedParent& parent : tree.trained)
        for (const std::int32_t child : parent.children)
          tree.record.nodes[static_cast<std::size_t>(child)].advantage = (child * 7) % 5 - 1.5;
  }

  // The gradient of all weights that train, one after the other, in double.
  at::Tensor gradient() const {
    std::vector<at::Tensor> parts;
    for (const NamedTensor& each : policy->parameters(Weights::current))
      if (each.tensor.grad().defined()) parts.push_back(each.tensor.grad().flatten());
    return at::cat(parts).to(at::kDouble);
  }
};

}  // namespace treegrpo::test
