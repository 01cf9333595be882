// What a config's schedule is and costs, before anything runs.
#pragma once

#include <cstdint>
#include <vector>

#include "record/run_config.h"
#include "record/tree_schedule.h"
#include "tree/schedule.h"
#include "tree/schedule_cost.h"

namespace treegrpo {

struct SchedulePreview {
  std::int32_t iteration = 0;
  TreeSchedule schedule;
  ScheduleCounts counts;            // per prompt, over all its trees
  std::int64_t forward_passes = 0;  // rows through the network, guidance counted
  std::vector<double> sigmas;       // T + 1
  std::vector<SpanCost> spans;      // from keyframe to keyframe; one without keyframes
};

// Needs no engine. Throws Error (configuration) if the config cannot be run.
SchedulePreview preview_schedule(const RunConfig& config, std::int32_t iteration);

}  // namespace treegrpo
