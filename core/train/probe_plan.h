// What a config's probes do.
#pragma once

#include <string>
#include <vector>

#include "policy/policy.h"
#include "record/run_config.h"
#include "rollout/probe.h"

namespace treegrpo {

// The prompts of a config's probes; none where probe.prompts is 0. Throws a configuration Error as
// held_out_prompts does.
std::vector<std::string> probe_prompts(const RunConfig& config);

// The ODE in probe.steps steps with the run's guidance; KL where has_reference says that the policy
// keeps reference weights.
ProbePlan probe_plan(const RunConfig& config, const PolicyInfo& policy,
                     const std::vector<std::string>& prompts, Weights weights, bool has_reference);

// Whether a run of that config takes a probe of its weights after so many iterations: before the
// first, after the last, and every n-th.
bool probe_is_due(const RunConfig& config, std::int32_t iterations);

}  // namespace treegrpo
