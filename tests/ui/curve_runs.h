// A run as the curves show it: records that look like training, with the numbers a test asks for.
#pragma once

#include <cmath>

#include "canvas/run_plots.h"

namespace treegrpo::test {

inline IterationRecord iterationRecord(std::int32_t iteration) {
  const double wave = std::sin(1.7 * iteration);
  IterationRecord record;
  record.iteration = iteration;
  record.reward = .45 + .004 * iteration + .02 * wave;
  record.reward_by_name = {{"match", record.reward - .03}, {"clean", .7 + .05 * wave}};
  record.clip_fraction = .03 + .01 * wave;
  record.kl = 4e-5 * iteration;
  record.ratio_mean = 1 + 1e-5 * wave;
  record.ratio_std = 2e-4;
  record.ratio_max = 1.001 + 1e-4 * wave;
  record.grad_norm = .1 + .02 * wave;
  record.nfe = iteration % 3 == 0 ? 992 : 1419;
  record.leaves = 216;
  record.advantage_std_by_depth = {.4, .6 + .1 * wave, .8};
  record.diversity = 12 - .05 * iteration;
  record.seconds = {3, .2, .1, 2.4, .1, 5.8 + .3 * wave};
  record.peak_bytes = 1'200'000'000;
  return record;
}

inline RunHistory runHistory(std::int32_t iterations) {
  RunHistory history;
  for (std::int32_t i = 0; i < iterations; ++i) history.iterations.push_back(iterationRecord(i));
  for (std::int32_t i = 0; i <= iterations; i += 10) {
    EvaluationRecord evaluation;
    evaluation.iteration = i;
    evaluation.reward = .5 + .004 * i;
    evaluation.reward_error = .02;
    history.evaluations.push_back(evaluation);
  }
  history.changes.push_back({21, "optim.lr", "1e-5", "2e-5"});
  return history;
}

}  // namespace treegrpo::test
