#include "sampler/step.h"

#include <ATen/ATen.h>
#include <ATen/DeviceAccelerator.h>
#include <ATen/Parallel.h>
#include <c10/core/DeviceGuard.h>
#include <c10/core/GradMode.h>

#include <cassert>
#include <vector>

#include "cuda/fused_step.h"
#include "sampler/noise.h"

namespace treegrpo {
namespace {

StepTaken tensor_step(const StepRequest& request) {
  Transition step =
      transition(request.kind, request.prediction, request.x, request.sigmas, request.noise_level);
  if (request.branch > 1) step.mean = step.mean.repeat_interleave(request.branch, 0);
  if (step.std == 0) return {.latents = step.mean, .log_probs = {}};
  const at::Tensor noise = normal_noise(request.counters, request.x.sizes().slice(1));
  const at::Tensor latents = next(step, noise.to(request.x.device()));
  return {
      .latents = latents,
      .log_probs = log_prob(request.kind, latents, step.mean, step.std).to(at::kCPU, at::kDouble)};
}

// The counters as a tensor where the step is taken.
at::Tensor counters_on(const at::Device& device, std::span<const NoiseCounter> counters) {
  constexpr std::int64_t words = 5;
  static_assert(sizeof(NoiseCounter) == words * sizeof(std::int32_t));
  // from_blob takes what it might write to, which a copy never does.
  return at::from_blob(const_cast<NoiseCounter*>(counters.data()),
                       {static_cast<std::int64_t>(counters.size()), words}, at::kInt)
      .to(device);
}

StepTaken fused_step(const StepRequest& request) {
  const AffineStep step = affine_step(request.kind, request.sigmas, request.noise_level);
  const at::Device device = request.x.device();
  const at::Tensor x = request.x.to(at::kFloat).contiguous();
  const at::Tensor prediction = request.prediction.to(at::kFloat).contiguous();
  const std::int64_t children = x.size(0) * request.branch;
  assert(step.std == 0 || static_cast<std::int64_t>(request.counters.size()) == children);

  std::vector<std::int64_t> shape = x.sizes().vec();
  shape.front() = children;
  const bool draws = step.std > 0;
  StepTaken taken{
      .latents = at::empty(shape, x.options()),
      .log_probs = draws ? at::empty({children}, x.options().dtype(at::kDouble)) : at::Tensor()};
  const at::Tensor counters = draws ? counters_on(device, request.counters) : at::Tensor();
  const StepArrays arrays{
      .parents = x.size(0),
      .branch = request.branch,
      .dimensions = x.size(0) > 0 ? x.numel() / x.size(0) : 0,
      .x = x.const_data_ptr<float>(),
      .prediction = prediction.const_data_ptr<float>(),
      .counters = draws ? static_cast<const NoiseCounter*>(counters.const_data_ptr()) : nullptr,
      .log_probs = draws ? taken.log_probs.data_ptr<double>() : nullptr,
      .next = taken.latents.data_ptr<float>()};
  if (device.is_cuda()) {
    const c10::DeviceGuard current(device);
    fused_step_cuda(step, arrays,
                    {.device = device.index(),
                     .stream = at::accelerator::getCurrentStream(device.index()).native_handle()});
  } else {
    at::parallel_for(0, children, 8, [&](std::int64_t first, std::int64_t last) {
      fused_step_cpu(step, arrays, first, last);
    });
  }
  if (draws) taken.log_probs = taken.log_probs.to(at::kCPU);
  return taken;
}

}  // namespace

StepPath step_path(const at::Device& device) {
  const bool fuses = device.is_cpu() || (device.is_cuda() && has_cuda_kernels());
  return fuses ? StepPath::fused : StepPath::tensors;
}

StepTaken take_step(const StepRequest& request, StepPath path) {
  const c10::NoGradGuard no_grad;
  return path == StepPath::fused ? fused_step(request) : tensor_step(request);
}

}  // namespace treegrpo
