// One denoising step as a Gaussian: every sampler of every method is this function, the ODE being
// noise_level 0. All arithmetic in fp32, bf16 being too coarse for mean and log-prob; one
// noise_level is the source of both the noise that is added and the density that is evaluated.
#pragma once

#include <ATen/core/Tensor.h>

#include <string>

#include "cuda/affine_step.h"

namespace treegrpo {

enum class StepKind { flow_sde, dance_sde, cps, ddim, ode };

// Throws a configuration Error on an unknown name.
StepKind step_kind_from_name(const std::string& name);

// Where a step goes: sigma → sigma_next. first_sigma is sigmas[1]: it stands in for sigma where
// sigma = 1 would divide by zero.
struct StepSigmas {
  double sigma = 1;
  double sigma_next = 0;
  double first_sigma = 1;
};

// The numbers of a step, in double: the one place that knows a sampler's formulas. (Flow-GRPO eq.
// 9; DanceGRPO; CPS 2509.05952; DDIM with eta = noise_level where sigma is sqrt(1 − abar): it takes
// the noise as prediction, the others a velocity, and sigma must be below 1, where the noise says
// nothing of the picture.)
AffineStep affine_step(StepKind kind, const StepSigmas& sigmas, double noise_level);

// x' = mean + std·noise. std is 0 for an ODE step.
struct Transition {
  at::Tensor mean;  // [B, C, h, w]
  double std = 0;
};

// The step as tensor operations, for gradients: affine_step's mean and std. prediction, x: [B, C,
// h, w] fp32 or lower, cast up here.
Transition transition(StepKind kind, const at::Tensor& prediction, const at::Tensor& x,
                      const StepSigmas& sigmas, double noise_level);

// The std alone: the one function behind step, log-prob and KL.
double transition_std(StepKind kind, const StepSigmas& sigmas, double noise_level);

// |d mean / d prediction| / std: the scale of the policy gradient per unit advantage.
double transition_gain(StepKind kind, const StepSigmas& sigmas, double noise_level);

// x' = mean + std·noise.
at::Tensor next(const Transition& step, const at::Tensor& noise);

// MEAN over latent dimensions of the Gaussian log-density (CPS: as its code has it, −(x'−mean)²),
// [B]. next_latent carries no gradient. A point has no density: std must be > 0.
at::Tensor log_prob(StepKind kind, const at::Tensor& next_latent, const at::Tensor& mean,
                    double std);

// KL between two steps of equal std: mean over dimensions of (mean − other)² / (2 std²), [B].
at::Tensor transition_kl(const at::Tensor& mean, const at::Tensor& other, double std);

}  // namespace treegrpo
