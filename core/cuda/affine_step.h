// One denoising step as numbers. The transition of every sampler is affine in the latent and the
// prediction, so that five numbers a step, worked out once in double (sampler/transition), are all
// that a kernel needs to know of it.
#pragma once

namespace treegrpo {

//   mean  = on_x·x + on_prediction·prediction
//   x'    = mean + std·noise
//   log p = on_square·MEAN((x' − mean)²) + log_constant, the mean over the latent's dimensions
// std is 0 on an ODE step: a point has no density, and the last two mean nothing.
struct AffineStep {
  double on_x = 1;
  double on_prediction = 0;
  double std = 0;
  double on_square = 0;
  double log_constant = 0;
};

}  // namespace treegrpo
