#include "train/probe_plan.h"

#include "base/error.h"
#include "train/prompt_source.h"

namespace treegrpo {

std::vector<std::string> probe_prompts(const RunConfig& config) {
  if (config.probe.prompts == 0) return {};
  const std::string& source =
      config.probe.source.empty() ? config.prompts.held_out : config.probe.source;
  try {
    return held_out_prompts(source, config.probe.prompts);
  } catch (const Error& error) {
    throw error.within("for the probes (probe.source)");
  }
}

ProbePlan probe_plan(const RunConfig& config, const PolicyInfo& policy,
                     const std::vector<std::string>& prompts, Weights weights, bool has_reference) {
  ProbePlan plan{.prompts = prompts,
                 .seeds = config.probe.seeds,
                 .sigmas = sigma_table(policy.sigma_rule, config.probe.steps, config.sampler.shift),
                 .guidance_scale = config.model.guidance_scale,
                 .micro_batch = config.sampler.micro_batch,
                 .weights = weights,
                 .kl = {}};
  if (has_reference)
    plan.kl = {.kind = step_kind_from_name(config.sampler.kind),
               .noise_level = config.sampler.noise_level};
  return plan;
}

bool probe_is_due(const RunConfig& config, std::int32_t iterations) {
  if (config.probe.prompts == 0) return false;
  if (iterations == 0 || iterations >= config.run.iterations) return true;
  const int every = config.probe.every > 0 ? config.probe.every : config.checkpoint.every;
  return every > 0 && iterations % every == 0;
}

}  // namespace treegrpo
