#include "selfcheck/model_checks.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>

#include "sampler/noise.h"
#include "scene/scene_prompts.h"
#include "scene/vocabulary.h"
#include "weights/safetensors.h"

namespace treegrpo::selfcheck {
namespace {

constexpr std::int64_t check_rows = 27;
constexpr double fp32_limit = 1e-4;  // of an output, relative to the largest
// bf16 keeps 8 bits of a number: a few percent after five blocks, whatever the machine. A network
// that is wrong is off by about its own size.
constexpr double bf16_limit = .1;

at::Tensor caption_tokens_of(std::int64_t rows) {
  const at::Tensor tokens = at::zeros({rows, caption_tokens}, at::kLong);
  std::int64_t* token = tokens.data_ptr<std::int64_t>();
  for (const std::string& prompt : balanced_held_out(static_cast<int>(rows)))
    token = std::ranges::copy(tokenize(prompt), token).out;
  return tokens;
}

at::Tensor noise_of(std::int64_t rows, const TinyDitConfig& config) {
  std::vector<NoiseCounter> counters;
  for (std::int64_t row = 0; row < rows; ++row)
    counters.push_back(noise_counter({.seed = 4, .tree = static_cast<std::uint32_t>(row)}));
  const std::int64_t shape[] = {config.latent_channels, config.latent_size, config.latent_size};
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

at::Tensor LoadedModel::forward() const {
  const c10::NoGradGuard no_grad;
  return model.dit(latents, timestep, tokens);
}

LoadedModel load_model(const Machine& machine, const at::Device& device, at::ScalarType type,
                       std::int64_t rows) {
  const SafetensorsFile file(machine.model);
  const at::TensorOptions options = at::TensorOptions().dtype(type).device(device);
  LoadedModel loaded{.model = read_tiny_model(file, options),
                     .latents = {},
                     .timestep = at::full({rows}, 700, at::TensorOptions(device)),
                     .tokens = caption_tokens_of(rows).to(device)};
  loaded.latents = noise_of(rows, loaded.model.dit.config()).to(options);
  return loaded;
}

Report network(const Machine& machine) {
  const c10::NoGradGuard no_grad;
  const LoadedModel wide = load_model(machine, at::kCPU, at::kDouble, check_rows);
  const at::Tensor velocity = wide.forward();
  const at::Tensor pictures = wide.model.vae.decode(wide.latents);
  Findings findings;
  for (const at::Device& device : machine.devices()) {
    const LoadedModel narrow = load_model(machine, device, at::kFloat, check_rows);
    findings.at_most("velocity, fp32 on " + on(device), relative(narrow.forward(), velocity),
                     fp32_limit);
    findings.at_most("picture, fp32 on " + on(device),
                     relative(narrow.model.vae.decode(narrow.latents), pictures), fp32_limit);
  }
  return findings.report();
}

Report bf16(const Machine& machine) {
  Findings findings;
  for (const at::Device& device : machine.devices()) {
    const at::Tensor right = load_model(machine, device, at::kFloat, check_rows).forward();
    const at::Tensor found = load_model(machine, device, at::kBFloat16, check_rows).forward();
    findings.at_most("velocity, bf16 against fp32 on " + on(device), relative(found, right),
                     bf16_limit);
  }
  return findings.report();
}

}  // namespace treegrpo::selfcheck
