#include "train/loaded_model.h"

#include "rollout/draw_path.h"
#include "rollout/evaluate.h"
#include "rollout/regrow.h"
#include "rollout/sample_images.h"
#include "train/engine_guard.h"
#include "train/evaluation_plan.h"
#include "train/memory_probe.h"

namespace treegrpo {

std::vector<Image> LoadedModel::sample(const SampleOptions& options, const Proceed& proceed) {
  return guarded([&] { return sample_images(parts_.policy, options, shown(), proceed); });
}

EvaluationRecord LoadedModel::evaluate(const Proceed& proceed) {
  return guarded([&] {
    const auto record = evaluation(proceed);
    if (!record) throw work_ended();
    return *record;
  });
}

Regrown LoadedModel::regrow(const RegrowOptions& options, const Proceed& proceed) {
  return guarded([&] {
    Regrown regrown = treegrpo::regrow(parts_.policy, parts_.rewards, options, proceed);
    regrown.weights = origin();
    regrown.weights.averaged = false;
    return regrown;
  });
}

DrawnPath LoadedModel::draw(const DrawOptions& options, const Proceed& proceed) {
  return guarded([&] {
    DrawnPath drawn = draw_path(parts_.policy, options, proceed);
    drawn.weights = origin();
    drawn.weights.averaged = false;
    return drawn;
  });
}

std::optional<MemoryFigures> LoadedModel::memory() {
  return guarded([&] { return measure_memory(parts_.policy, parts_.config); });
}

std::optional<EvaluationRecord> LoadedModel::evaluation(const Proceed& proceed) {
  auto record = treegrpo::evaluate(
      parts_.policy, parts_.rewards,
      evaluation_plan(parts_.config, parts_.policy.info(), parts_.held_out, shown()), proceed);
  if (record) record->iteration = origin().iterations;
  return record;
}

}  // namespace treegrpo
