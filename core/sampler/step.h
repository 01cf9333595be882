// A step of a whole frontier without gradients (Algorithm 1 lines 5 to 9): each parent's mean,
// its children's noise, their latents and log-probs. Two ways to the same numbers: tensor
// operations, which run on any device, and the fused step of cuda/, which is one pass over memory.
#pragma once

#include <ATen/core/Tensor.h>

#include <span>

#include "base/noise_key.h"
#include "sampler/transition.h"

namespace treegrpo {

struct StepRequest {
  StepKind kind = StepKind::flow_sde;
  StepSigmas sigmas = {};
  double noise_level = 0;
  int branch = 1;                               // children of each parent
  at::Tensor prediction;                        // [B, C, h, w] fp32 or lower
  at::Tensor x;                                 // [B, C, h, w] on the same device
  std::span<const NoiseCounter> counters = {};  // [B·branch], parent by parent; none on an ODE step
};

struct StepTaken {
  at::Tensor latents;    // [B·branch, C, h, w] fp32, parent by parent
  at::Tensor log_probs;  // [B·branch] double on the CPU; undefined on an ODE step
};

// tensors: its noise is made on the CPU and copied. fused: on a GPU if this build has kernels, on
// the CPU always; the latents there are those of tensors, bit for bit, and its log-probs, added in
// double, lie within 1e-5 of them, on a GPU the latents too.
enum class StepPath { tensors, fused };

// The way that sampling takes on a device: fused wherever it can be. (On the CPU it saves the
// copies of noise and repeated means; what is left is mostly the making of the noise.)
StepPath step_path(const at::Device& device);

// Throws Error if the GPU refuses.
StepTaken take_step(const StepRequest& request, StepPath path);

}  // namespace treegrpo
