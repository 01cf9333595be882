// Weights of files, as a run in progress offers its own: the engine opens them for each piece of
// work.
#pragma once

#include <utility>

#include "engine/engine.h"
#include "engine/model_work.h"
#include "record/run_config.h"

namespace treegrpo {

class StoredModel final : public ModelWork {
 public:
  // config: of the run; its prompts, rewards, evaluation, sampler, guidance, threads and device.
  StoredModel(Engine& engine, ModelFiles model, RunConfig config, WeightsOrigin origin)
      : engine_(engine), model_(std::move(model)), config_(std::move(config)), origin_(origin) {}

  WeightsOrigin origin() const override { return origin_; }
  std::vector<Image> sample(const SampleOptions& options, const Proceed& proceed) override;
  EvaluationRecord evaluate(const Proceed& proceed) override;

 private:
  Engine& engine_;
  ModelFiles model_;
  RunConfig config_;
  WeightsOrigin origin_;
};

}  // namespace treegrpo
