#include "workbench/stored_model.h"

namespace treegrpo {

std::vector<Image> StoredModel::sample(const SampleOptions& options, const Proceed& proceed) {
  return engine_.sample({options, model_, config_.run.threads, config_.run.device}, proceed);
}

EvaluationRecord StoredModel::evaluate(const Proceed& proceed) {
  EvaluationRecord record = engine_.evaluate({.model = model_, .config = config_}, proceed);
  record.iteration = origin_.iterations;
  return record;
}

}  // namespace treegrpo
