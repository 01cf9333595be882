// ModelWork over a policy that is in memory: what Run offers at its safe points, and what the
// engine does with the weights of files.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/model_work.h"
#include "policy/policy.h"
#include "record/run_config.h"
#include "reward/reward_mix.h"

namespace treegrpo {

// What it works with; the caller owns all of it, and may change the config meanwhile.
struct LoadedParts {
  Policy& policy;
  const RewardMix& rewards;
  const std::vector<std::string>& held_out;  // prompts of an evaluation
  const RunConfig& config;
  std::function<WeightsOrigin()> origin;
};

// Engine thread only. Sampling and evaluating use the EMA weights where origin says so.
class LoadedModel final : public ModelWork {
 public:
  explicit LoadedModel(LoadedParts parts) : parts_(std::move(parts)) {}

  WeightsOrigin origin() const override { return parts_.origin(); }
  std::vector<Image> sample(const SampleOptions& options, const Proceed& proceed) override;
  EvaluationRecord evaluate(const Proceed& proceed) override;

  Regrown regrow(const RegrowOptions& options, const Proceed& proceed) override;
  DrawnPath draw(const DrawOptions& options, const Proceed& proceed) override;
  std::optional<MemoryFigures> memory() override;

  // As evaluate; nothing if it was not to proceed.
  std::optional<EvaluationRecord> evaluation(const Proceed& proceed);

 private:
  Weights shown() const { return origin().averaged ? Weights::ema : Weights::current; }

  LoadedParts parts_;
};

}  // namespace treegrpo
