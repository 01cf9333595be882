// The noise levels between which the sampler steps, from 1 (noise) to 0 (image).
#pragma once

#include <vector>

namespace treegrpo {

enum class SigmaRule {
  uniform,           // sigma_k = S(1 - k/T): the bundled model
  flow_match_euler,  // SD3's scheduler in diffusers: S once over its 1000 training steps and again
                     // over T evenly spaced ones, so the last step starts near 0 (.0089 at shift 3)
};

// S(sigma) = s·sigma / (1 + (s - 1)·sigma): s > 1 spends more steps on noise (SD3, sec. 5.3.2).
double shifted_sigma(double sigma, double shift);

// T + 1 values, strictly falling from 1 to 0, for T = steps.
// Throws a configuration Error if steps < 1 or shift is not a finite number above 0.
std::vector<double> sigma_table(SigmaRule rule, int steps, double shift);

}  // namespace treegrpo
