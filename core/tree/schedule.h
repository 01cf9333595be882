// What a schedule costs, and whether it can be run (the schedule line of the path; the formulas are
// in METHODS.md).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "record/tree_schedule.h"

namespace treegrpo {

// Sizes of a schedule: per prompt, over all its trees. Guidance is not counted here.
struct ScheduleCounts {
  std::int64_t leaves = 0;          // images
  std::int64_t nodes = 0;           // roots and leaves included
  std::int64_t nfe = 0;             // latents predicted while sampling: each node but the leaves
  std::int64_t trained_passes = 0;  // latents predicted while training: parents of trained edges
  std::int64_t trained_edges = 0;   // log-probs with an advantage
  std::int64_t frontier_peak = 0;   // latents held at once: the widest step

  bool operator==(const ScheduleCounts&) const = default;
};

// The counts of a schedule that validate() accepts.
ScheduleCounts counts(const TreeSchedule& schedule);

// Rows through the network: guidance doubles sampling, and, where training is guided too,
// training.
std::int64_t forward_passes(const ScheduleCounts& counts, bool guidance, bool train_guidance);

// What is wrong with a schedule, and where.
struct ScheduleProblem {
  int step = -1;         // -1: with the schedule as a whole
  std::string key;       // schedule.step.2.train; of the whole: schedule.step, roots
  std::string sentence;  // with the key and what to change

  bool operator==(const ScheduleProblem&) const = default;
};

// Every problem, step by step, at most one a key; none if
// - there is a root, a step, and each branch >= 1 and noise_level >= 0 and finite;
// - steps that branch or train draw noise: siblings of an ODE step would be equal, and a point has
//   no density to take a ratio of;
// - the last step neither draws noise nor trains: its Gaussian is all but a point;
// - the leaves of a prompt are at most max_leaves; width_keys says what makes them fewer.
std::vector<ScheduleProblem> problems(const TreeSchedule& schedule, int max_leaves,
                                      std::string_view width_keys = "branch or roots");

// Throws a configuration Error with the first of the problems.
void validate(const TreeSchedule& schedule, int max_leaves,
              std::string_view width_keys = "branch or roots");

// Equal beginnings of separate roots, predicted once: roots that share their noise and walk the
// same ODE steps become one root, and the first noisy step draws all their children. The same
// distribution of images, fewer predictions. A schedule without equal beginnings is returned as is.
TreeSchedule share_prefix(TreeSchedule schedule);

}  // namespace treegrpo
