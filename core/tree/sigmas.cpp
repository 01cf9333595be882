#include "tree/sigmas.h"

#include <cmath>
#include <string>

#include "base/error.h"

namespace treegrpo {
namespace {

constexpr int training_steps = 1000;  // num_train_timesteps of SD3's scheduler

// Evenly spaced in diffusers' already shifted range, S(1) down to S(1/1000).
double evenly_spaced(int step, int steps, double shift) {
  if (steps == 1) return 1;
  const double lowest = shifted_sigma(1.0 / training_steps, shift);
  return 1 + (lowest - 1) * step / (steps - 1);
}

}  // namespace

double shifted_sigma(double sigma, double shift) {
  return shift * sigma / (1 + (shift - 1) * sigma);
}

std::vector<double> sigma_table(SigmaRule rule, int steps, double shift) {
  if (steps < 1)
    throw configuration_error("sampler.steps is " + std::to_string(steps) +
                              "; sampling needs at least 1 step");
  if (!std::isfinite(shift) || shift <= 0)
    throw configuration_error("sampler.shift must be a number above 0; 1 does not shift");
  std::vector<double> sigmas;
  sigmas.reserve(static_cast<std::size_t>(steps) + 1);
  for (int step = 0; step < steps; ++step) {
    const double even = rule == SigmaRule::uniform ? 1 - static_cast<double>(step) / steps
                                                   : evenly_spaced(step, steps, shift);
    sigmas.push_back(shifted_sigma(even, shift));
  }
  sigmas.push_back(0);
  return sigmas;
}

}  // namespace treegrpo
