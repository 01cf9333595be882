// Weights of files, as a run in progress offers its own: the engine opens them for each piece of
// work.
#pragma once

#include <optional>
#include <utility>

#include "engine/engine.h"
#include "engine/model_work.h"
#include "record/run_config.h"

namespace treegrpo {

struct StoredWeights {
  ModelFiles shown;                   // what samples and is evaluated
  std::optional<ModelFiles> trained;  // what grows trees: `shown` may be a running mean of it
  WeightsOrigin origin;
};

class StoredModel final : public ModelWork {
 public:
  // config: of the run; its prompts, rewards, evaluation, sampler, guidance, threads and device.
  StoredModel(Engine& engine, StoredWeights weights, RunConfig config)
      : engine_(engine), weights_(std::move(weights)), config_(std::move(config)) {}

  WeightsOrigin origin() const override { return weights_.origin; }
  std::vector<Image> sample(const SampleOptions& options, const Proceed& proceed) override;
  EvaluationRecord evaluate(const Proceed& proceed) override;
  // Throws Error where there are no trained weights.
  Regrown regrow(const RegrowOptions& options, const Proceed& proceed) override;
  // Where there are none, the model's own are those that every run begins with.
  DrawnPath draw(const DrawOptions& options, const Proceed& proceed) override;

 private:
  Engine& engine_;
  StoredWeights weights_;
  RunConfig config_;
};

}  // namespace treegrpo
