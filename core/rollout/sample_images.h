// Images of prompts: chains of ODE steps from separate noises, an image each.
#pragma once

#include <vector>

#include "engine/model_work.h"
#include "policy/policy.h"

namespace treegrpo {

// As ModelWork::sample.
std::vector<Image> sample_images(Policy& policy, const SampleOptions& options, Weights weights,
                                 const Proceed& proceed);

}  // namespace treegrpo
