// A schedule while it is drawn: edits of a config that keep to the keys of its method as long as
// these can say what is drawn, and spell the steps out (method.name = "custom") where not.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "record/run_config.h"
#include "tree/schedule.h"

namespace treegrpo {

// The options of a config that a schedule editor changes.
struct ScheduleDraft {
  MethodSection method;
  SamplerSection sampler;
  ScheduleSection schedule;
  std::string credit_rule;

  bool operator==(const ScheduleDraft&) const = default;
};

ScheduleDraft draft_of(const RunConfig& config);
RunConfig with_draft(RunConfig config, const ScheduleDraft& draft);

// The schedule of an iteration as it is drawn, whether or not it can run: equal beginnings are not
// merged. Where the keys of the method make none, every step is an ODE step.
TreeSchedule drawn_schedule(const RunConfig& config, int iteration);

// What the run would do: drawn_schedule, with equal beginnings merged if the config says so.
TreeSchedule run_schedule(const RunConfig& config, int iteration);

// All that keeps a config from running: of steps, else what check_config says of the rest.
std::vector<ScheduleProblem> draft_problems(const RunConfig& config, int iteration);

// What can run but may surprise: sentences for whoever draws it, none for a draft that is the run.
std::vector<std::string> draft_notes(const RunConfig& base, const RunConfig& config, int iteration);

// The config that draws this schedule in that iteration: by its method's keys where they can (a
// window that no draw would give becomes a fixed one), else custom. Roots of a custom schedule have
// noises of their own. base: where the drawing is that of base again, its method comes back. Both
// configs are without keyframes.
RunConfig redrawn(const RunConfig& base, const RunConfig& config, int iteration,
                  const TreeSchedule& schedule);

// Edits of a drawing. Steps beyond its ends are left out.
// Noisy steps are like the nearest noisy step; ODE steps have one child and do not train.
TreeSchedule painted(TreeSchedule schedule, const MethodSection& method, double noise_level,
                     int first, int last, bool noisy);
// All steps from the first noisy to the last noisy one, so that they begin at `start`; as far as
// they fit before the last step.
TreeSchedule moved_block(TreeSchedule schedule, int start);

// First and one past the last noisy step; both 0 without any.
struct NoisyBlock {
  int first = 0, end = 0;
  bool operator==(const NoisyBlock&) const = default;
};
NoisyBlock noisy_block(const TreeSchedule& schedule);

// A method as published, with as many images of a prompt as the config has where the method has
// groups; base's own settings where it is base's method. The sampler of a model that predicts noise
// stays. custom: the steps as they are drawn in that iteration. Both configs are without keyframes.
RunConfig as_method(const RunConfig& base, const RunConfig& config, std::string_view name,
                    int iteration);

}  // namespace treegrpo
