// What a config's evaluations do.
#pragma once

#include <string>
#include <vector>

#include "policy/policy.h"
#include "record/run_config.h"
#include "rollout/evaluate.h"

namespace treegrpo {

// The ODE in evaluation.steps steps with the run's guidance, from noises of the run's seed.
EvaluationPlan evaluation_plan(const RunConfig& config, const PolicyInfo& policy,
                               const std::vector<std::string>& held_out, Weights weights);

}  // namespace treegrpo
