#include "selfcheck/model_checks.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <span>

#include "network/tiny_model_file.h"
#include "sampler/noise.h"
#include "scene/scene_prompts.h"

namespace treegrpo::selfcheck {
namespace {

constexpr std::int64_t check_rows = 27;
constexpr double fp32_limit = 1e-4;  // of an output, relative to the largest
// bf16 keeps 8 bits of a number: a few percent after five blocks, whatever the machine. A network
// that is wrong is off by about its own size.
constexpr double bf16_limit = .1;

at::Tensor noise_of(std::int64_t rows, std::span<const std::int64_t> shape) {
  std::vector<NoiseCounter> counters;
  for (std::int64_t row = 0; row < rows; ++row)
    counters.push_back(noise_counter({.seed = 4, .tree = static_cast<std::uint32_t>(row)}));
  return normal_noise(counters, shape);
}

double largest(const at::Tensor& tensor) { return tensor.abs().max().item<double>(); }

// The largest difference, relative to the largest of what is right.
double relative(const at::Tensor& found, const at::Tensor& right) {
  const at::Tensor wide = right.to(at::kCPU, at::kDouble);
  return largest(found.to(at::kCPU, at::kDouble) - wide) / largest(wide);
}

std::string on(const at::Device& device) { return device.is_cuda() ? "cuda" : "cpu"; }

}  // namespace

at::Tensor Prediction::make() const {
  const c10::NoGradGuard no_grad;
  return policy->predict(latents, sigma, conditioning, Weights::current);
}

Prediction make_prediction(const Machine& machine, const at::Device& device, Precision precision,
                           std::int64_t rows) {
  Prediction prediction;
  prediction.policy = open_policy({.model = machine.model, .weights = {}}, device, precision);
  const Conditioning encoded = prediction.policy->encode(balanced_held_out(static_cast<int>(rows)));
  prediction.conditioning = encoded.rows(at::arange(rows, at::kLong));
  prediction.latents = noise_of(rows, prediction.policy->info().latent_shape).to(device);
  prediction.sigma = at::full({rows}, .7, prediction.latents.options());
  return prediction;
}

Report network(const Machine& machine) {
  const c10::NoGradGuard no_grad;
  const TinyModel wide = read_tiny_model(SafetensorsFile(machine.model), at::kDouble);
  const Prediction narrow = make_prediction(machine, at::kCPU, Precision::fp32, check_rows);
  const at::Tensor latents = narrow.latents.to(at::kDouble);
  const at::Tensor velocity =
      wide.dit(latents, narrow.sigma.to(at::kDouble) * 1000, narrow.conditioning.parts.front());
  const at::Tensor pictures = wide.vae.decode(latents);
  Findings findings;
  for (const at::Device& device : machine.devices()) {
    const Prediction there = make_prediction(machine, device, Precision::fp32, check_rows);
    findings.at_most("velocity, fp32 on " + on(device), relative(there.make(), velocity),
                     fp32_limit);
    findings.at_most("picture, fp32 on " + on(device),
                     relative(there.policy->decode(there.latents, Quality::full), pictures),
                     fp32_limit);
  }
  return findings.report();
}

Report bf16(const Machine& machine) {
  Findings findings;
  for (const at::Device& device : machine.devices()) {
    const at::Tensor right = make_prediction(machine, device, Precision::fp32, check_rows).make();
    const at::Tensor found = make_prediction(machine, device, Precision::bf16, check_rows).make();
    findings.require("velocities are fp32 all the same, " + on(device),
                     found.scalar_type() == at::kFloat);
    findings.at_most("velocity, bf16 against fp32 on " + on(device), relative(found, right),
                     bf16_limit);
  }
  return findings.report();
}

}  // namespace treegrpo::selfcheck
