#include "selfcheck/step_checks.h"

#include <ATen/ATen.h>
#include <ATen/DeviceAccelerator.h>

#include <algorithm>

#include "cuda/fused_step.h"
#include "sampler/noise.h"
#include "selfcheck/frontier.h"

namespace treegrpo::selfcheck {
namespace {

constexpr double step_limit = 1e-5;     // of latents and log-probs between two paths
constexpr double normals_limit = 2e-6;  // of normals between CPU and GPU

// The bundled model's latents, and a size that is no multiple of a block of four.
std::vector<Frontier> frontiers() {
  std::vector<Frontier> all;
  all.push_back(make_frontier(9, 3, {8, 8, 8}));
  all.push_back(make_frontier(3, 2, {3, 5, 7}));
  return all;
}

double difference(const at::Tensor& a, const at::Tensor& b) {
  const at::Tensor wide = a.to(at::kCPU, at::kDouble), other = b.to(at::kCPU, at::kDouble);
  return ((wide - other).abs() / (wide.abs() + 1)).max().item<double>();
}

// The largest differences between two ways to take the same steps.
struct Largest {
  double latents = 0, log_probs = 0;

  void add(const StepTaken& a, const StepTaken& b) {
    latents = std::max(latents, difference(a.latents, b.latents));
    if (a.log_probs.defined())
      log_probs = std::max(log_probs, difference(a.log_probs, b.log_probs));
  }
  void found(Findings& findings, const std::string& what, double latents_limit) const {
    findings.at_most("latents, " + what, latents, latents_limit);
    findings.at_most("log-probs, " + what, log_probs, step_limit);
  }
};

// log p of the latents that a step gave, from its fp32 inputs, all in double.
at::Tensor log_prob_in_double(const StepRequest& request, const at::Tensor& latents) {
  const AffineStep step = affine_step(request.kind, request.sigmas, request.noise_level);
  const auto wide = [](const at::Tensor& tensor) { return tensor.to(at::kCPU, at::kDouble); };
  const at::Tensor mean =
      (step.on_x * wide(request.x) + step.on_prediction * wide(request.prediction))
          .repeat_interleave(request.branch, 0);
  return (wide(latents) - mean).square().flatten(1).mean(1) * step.on_square + step.log_constant;
}

std::string on(const at::Device& device) { return device.is_cuda() ? "cuda" : "cpu"; }

std::optional<Report> without_kernels(const Machine& machine) {
  if (!machine.gpu) return skipped(machine.why_no_gpu);
  if (!has_cuda_kernels()) return skipped("this build has no CUDA kernels: no CUDA compiler");
  return std::nullopt;
}

CudaQueue queue_of(const at::Device& device) {
  return {.device = device.index(),
          .stream = at::accelerator::getCurrentStream(device.index()).native_handle()};
}

}  // namespace

Report cpu_twin(const Machine&) {
  Findings findings;
  Largest largest;
  for (const Frontier& frontier : frontiers())
    for (const StepCase& step : step_cases()) {
      const StepRequest request = frontier.request(step, at::kCPU);
      largest.add(take_step(request, StepPath::fused), take_step(request, StepPath::tensors));
    }
  largest.found(findings, "fused against tensor operations", 0);
  return findings.report();
}

Report log_prob(const Machine& machine) {
  Findings findings;
  for (const at::Device& device : machine.devices())
    for (const StepPath path : {StepPath::tensors, StepPath::fused}) {
      if (path == StepPath::fused && step_path(device) != path) continue;
      double largest = 0;
      for (const Frontier& frontier : frontiers())
        for (const StepCase& step : step_cases()) {
          if (step.noise_level == 0) continue;
          const StepRequest request = frontier.request(step, device);
          const StepTaken taken = take_step(request, path);
          largest = std::max(
              largest, difference(taken.log_probs, log_prob_in_double(request, taken.latents)));
        }
      findings.at_most(
          on(device) + (path == StepPath::fused ? ", fused step" : ", tensor operations"), largest,
          step_limit);
    }
  return findings.report();
}

Report philox_words(const Machine& machine) {
  if (auto report = without_kernels(machine)) return *report;
  const Frontier frontier = make_frontier(300, 1, {4});
  const WordArrays shape{.rows = 300, .blocks = 300};
  const at::Tensor counters =
      at::from_blob(const_cast<NoiseCounter*>(frontier.counters.data()), {shape.rows, 5}, at::kInt)
          .to(*machine.gpu);
  const at::Tensor words = at::empty({shape.rows, 4 * shape.blocks}, counters.options());
  WordArrays arrays = shape;
  arrays.counters = static_cast<const NoiseCounter*>(counters.const_data_ptr());
  arrays.words = static_cast<std::uint32_t*>(words.data_ptr());
  philox_words_cuda(arrays, queue_of(*machine.gpu));

  const at::Tensor there = words.to(at::kCPU);
  const auto* word = static_cast<const std::uint32_t*>(there.const_data_ptr());
  std::int64_t different = 0;
  for (const NoiseCounter& counter : frontier.counters)
    for (std::uint32_t block = 0; block < static_cast<std::uint32_t>(shape.blocks); ++block)
      for (const std::uint32_t want : philox_block(counter, block)) different += *word++ != want;
  Findings findings;
  findings.note("words", there.numel());
  findings.at_most("words that differ", static_cast<double>(different), 0);
  return findings.report();
}

Report normals(const Machine& machine) {
  if (auto report = without_kernels(machine)) return *report;
  const Frontier frontier = make_frontier(64, 1, {16, 64, 64});
  const at::Tensor zeros = at::zeros_like(frontier.x, at::TensorOptions(*machine.gpu));
  // With x = prediction = 0 the step is std · noise; at sigma 1 flow_sde's std is the noise level.
  const StepTaken taken = take_step({.kind = StepKind::flow_sde,
                                     .sigmas = {1, .9, .9},
                                     .noise_level = 1,
                                     .prediction = zeros,
                                     .x = zeros,
                                     .counters = frontier.counters},
                                    StepPath::fused);
  const at::Tensor there = taken.latents.to(at::kCPU);
  const at::Tensor here = normal_noise(frontier.counters, frontier.shape);
  Findings findings;
  findings.note("normals", here.numel());
  findings.note("normals that differ at all", there.ne(here).sum().item<std::int64_t>());
  findings.at_most("largest difference", (there - here).abs().max().item<double>(), normals_limit);
  return findings.report();
}

Report fused_step(const Machine& machine) {
  if (auto report = without_kernels(machine)) return *report;
  Findings findings;
  Largest twin, tensors;
  for (const Frontier& frontier : frontiers())
    for (const StepCase& step : step_cases()) {
      const StepRequest there = frontier.request(step, *machine.gpu);
      const StepTaken taken = take_step(there, StepPath::fused);
      twin.add(taken, take_step(frontier.request(step, at::kCPU), StepPath::fused));
      tensors.add(taken, take_step(there, StepPath::tensors));
    }
  twin.found(findings, "kernel against CPU twin", step_limit);
  tensors.found(findings, "kernel against tensor operations on the GPU", step_limit);
  return findings.report();
}

Report step_bytes(const Machine& machine) {
  Findings findings;
  const Frontier frontier = make_frontier(9, 3, {8, 8, 8});
  const StepCase step{"", StepKind::flow_sde, {.8, .7, .9}, .7};
  for (const at::Device& device : machine.devices()) {
    const StepRequest request = frontier.request(step, device);
    const StepTaken once = take_step(request, step_path(device));
    const StepTaken again = take_step(request, step_path(device));
    StepRequest alone = request;  // the fifth parent by itself
    alone.x = request.x.narrow(0, 4, 1);
    alone.prediction = request.prediction.narrow(0, 4, 1);
    alone.counters = request.counters.subspan(12, 3);
    const StepTaken one = take_step(alone, step_path(device));
    findings.require("repeats, " + on(device),
                     once.latents.equal(again.latents) && once.log_probs.equal(again.log_probs));
    if (step_path(device) != StepPath::fused) continue;  // LibTorch's sums may be ordered by batch
    findings.require("a parent alone is as in its batch, " + on(device),
                     one.latents.equal(once.latents.narrow(0, 12, 3)) &&
                         one.log_probs.equal(once.log_probs.narrow(0, 12, 3)));
  }
  return findings.report();
}

}  // namespace treegrpo::selfcheck
