#include "workbench/stored_model.h"

#include "base/error.h"

namespace treegrpo {

std::vector<Image> StoredModel::sample(const SampleOptions& options, const Proceed& proceed) {
  return engine_.sample({options, weights_.shown, config_.run.threads, config_.run.device},
                        proceed);
}

EvaluationRecord StoredModel::evaluate(const Proceed& proceed) {
  EvaluationRecord record = engine_.evaluate({.model = weights_.shown, .config = config_}, proceed);
  record.iteration = weights_.origin.iterations;
  return record;
}

Regrown StoredModel::regrow(const RegrowOptions& options, const Proceed& proceed) {
  if (!weights_.trained)
    throw Error(
        "the run has no checkpoint whose weights could grow its trees again; train it until it has "
        "one, or regrow while it is in progress");
  Regrown regrown = engine_.regrow({.model = *weights_.trained, .options = options}, proceed);
  regrown.weights = {.iterations = weights_.origin.iterations};
  return regrown;
}

DrawnPath StoredModel::draw(const DrawOptions& options, const Proceed& proceed) {
  DrawnPath drawn = engine_.draw(
      {.model = weights_.trained.value_or(weights_.shown), .options = options}, proceed);
  drawn.weights = {.iterations = weights_.origin.iterations};
  return drawn;
}

}  // namespace treegrpo
