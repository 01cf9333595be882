// How far apart images of one prompt lie: what falls when a policy collapses onto few of them.
#pragma once

#include <ATen/core/Tensor.h>

namespace treegrpo {

// Mean of ‖a − b‖/√D over all pairs of latents [N, …]: their root-mean-square distance an element,
// so that models of different sizes compare. no_value for fewer than two. Latents, not pixels:
// pixel distances rise when only brightness spreads.
double mean_pairwise_distance(const at::Tensor& latents);

}  // namespace treegrpo
