// A made-up frontier for checks and timings of a step: parents of normal numbers, and the counters
// of their children's noise.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

#include "sampler/step.h"

namespace treegrpo::selfcheck {

struct StepCase {
  std::string name;
  StepKind kind = StepKind::flow_sde;
  StepSigmas sigmas = {};
  double noise_level = 0;
};

// Every sampler at early, middle and late steps of ten, with noise and without.
std::vector<StepCase> step_cases();

struct Frontier {
  std::vector<std::int64_t> shape;  // of a latent
  int branch = 1;
  at::Tensor x, prediction;            // on the CPU
  std::vector<NoiseCounter> counters;  // parents · branch

  // The step of a case from here; the frontier must outlive it.
  StepRequest request(const StepCase& step, const at::Device& device) const;
};

Frontier make_frontier(std::int64_t parents, int branch, std::vector<std::int64_t> shape);

}  // namespace treegrpo::selfcheck
