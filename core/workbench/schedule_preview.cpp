#include "workbench/schedule_preview.h"

#include "tree/check_config.h"
#include "tree/method.h"
#include "tree/sigmas.h"

namespace treegrpo {

SchedulePreview preview_schedule(const RunConfig& config, std::int32_t iteration) {
  check_config(config);
  SchedulePreview preview;
  preview.iteration = iteration;
  preview.schedule = schedule_at(config, iteration);
  preview.counts = counts(preview.schedule);
  preview.forward_passes =
      forward_passes(preview.counts, config.model.guidance_scale != 1, config.model.train_guidance);
  const int steps = static_cast<int>(preview.schedule.steps.size());
  preview.sigmas = sigma_table(SigmaRule::uniform, steps, config.sampler.shift);
  preview.spans = span_costs(config);
  return preview;
}

}  // namespace treegrpo
