// The step on up to four numbers of one child, for the kernel and its CPU twin alike. Private to
// this folder. Products and sums are rounded one by one, as the tensor operations round them: both
// compilers are told not to fuse them.
#pragma once

#include <cstdint>

#include "base/noise_key.h"
#include "cuda/affine_step.h"

namespace treegrpo {

// An AffineStep in the precision of the latents.
struct StepFactors {
  float on_x = 1;
  float on_prediction = 0;
  float std = 0;
  double on_sum = 0;  // of the squares' sum: on_square / dimensions
  double log_constant = 0;
};

inline StepFactors step_factors(const AffineStep& step, std::int64_t dimensions) {
  return {.on_x = static_cast<float>(step.on_x),
          .on_prediction = static_cast<float>(step.on_prediction),
          .std = static_cast<float>(step.std),
          .on_sum = step.on_square / static_cast<double>(dimensions),
          .log_constant = step.log_constant};
}

TREEGRPO_HOST_DEVICE inline float step_mean(const StepFactors& step, float x, float prediction) {
  const float from_x = x * step.on_x;
  const float from_prediction = prediction * step.on_prediction;
  return from_x + from_prediction;
}

// Numbers 4·block to 4·block + 3 of a row of `dimensions`; the pointers are to the row's beginning.
// Writes next and returns the sum of (next − mean)² over them.
TREEGRPO_HOST_DEVICE inline double step_block(const StepFactors& step, const NoiseCounter& counter,
                                              std::uint32_t block, std::int64_t dimensions,
                                              const float* x, const float* prediction,
                                              float* next) {
  const std::array<float, 4> noise = box_muller(philox_block(counter, block));
  double squares = 0;
  for (unsigned i = 0; i < 4; ++i) {
    const std::int64_t at = 4 * static_cast<std::int64_t>(block) + i;
    if (at >= dimensions) break;
    const float mean = step_mean(step, x[at], prediction[at]);
    const float drawn = noise[i] * step.std;
    next[at] = mean + drawn;
    const double distance = static_cast<double>(next[at]) - static_cast<double>(mean);
    squares += distance * distance;
  }
  return squares;
}

TREEGRPO_HOST_DEVICE inline std::int64_t step_blocks(std::int64_t dimensions) {
  return (dimensions + 3) / 4;
}

}  // namespace treegrpo
