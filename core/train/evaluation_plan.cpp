#include "train/evaluation_plan.h"

namespace treegrpo {

EvaluationPlan evaluation_plan(const RunConfig& config, const PolicyInfo& policy,
                               const std::vector<std::string>& held_out, Weights weights) {
  return {.prompts = held_out,
          .sigmas = sigma_table(policy.sigma_rule, config.evaluation.steps, config.sampler.shift),
          .seed = config.run.seed,
          .guidance_scale = config.model.guidance_scale,
          .micro_batch = config.sampler.micro_batch,
          .weights = weights};
}

}  // namespace treegrpo
