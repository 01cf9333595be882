#include "policy/tiny_dit_policy.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "base/error.h"
#include "network/tiny_model_file.h"
#include "policy/row_parts.h"
#include "scene/vocabulary.h"
#include "weights/tensor_file.h"

namespace treegrpo {
namespace {

constexpr double timesteps = 1000;  // the network's clock runs from 0 to this
const char* const prefix = "transformer.";

// The tensors that train, by checkpoint name.
NamedTensors trained(const TinyDit& network) {
  NamedTensors found;
  for (const NamedTensor& each : network.state())
    if (each.tensor.requires_grad()) found.push_back({prefix + each.name, each.tensor});
  return found;
}

// Overwrites every trained tensor with the one of a checkpoint. Throws Error unless both hold the
// same names and shapes.
void load_trained(const TinyDit& network, const std::filesystem::path& path) {
  const c10::NoGradGuard no_grad;
  const SafetensorsFile file(path);
  const NamedTensors parameters = trained(network);
  if (file.entries().size() != parameters.size())
    throw Error("'" + path.string() + "' holds " + std::to_string(file.entries().size()) +
                " tensors, the model trains " + std::to_string(parameters.size()) +
                ": it is not a checkpoint of this model");
  for (const NamedTensor& parameter : parameters) {
    const TensorEntry* entry = file.find(parameter.name);
    if (!entry || entry->shape != parameter.tensor.sizes().vec())
      throw Error("'" + path.string() + "' has no '" + parameter.name +
                  "' of the model's shape: it is not a checkpoint of this model");
    parameter.tensor.copy_(read_tensor(file, *entry));
  }
}

class TinyDitPolicy final : public Policy {
 public:
  TinyDitPolicy(TinyModel model, const at::Device& device, Precision precision)
      : options_(at::TensorOptions().dtype(at::kFloat).device(device)),
        precision_(precision),
        current_(std::move(model.dit)),
        vae_(std::move(model.vae)) {
    const TinyDitConfig& config = current_.config();
    info_ = {.name = "tiny_dit",
             .latent_shape = {config.latent_channels, config.latent_size, config.latent_size},
             .prediction = PredictionKind::velocity,
             .sigma_rule = SigmaRule::uniform};
  }

  const PolicyInfo& info() const override { return info_; }

  Conditioning encode(std::span<const std::string> prompts) override {
    const auto rows = static_cast<std::int64_t>(prompts.size());
    const at::Tensor tokens = at::zeros({rows + 1, caption_tokens}, at::kLong);
    std::int64_t* token = tokens.data_ptr<std::int64_t>();
    for (const std::string& prompt : prompts)
      token = std::ranges::copy(tokenize(prompt), token).out;
    return {.parts = {tokens.to(options_.device())}, .unconditional_row = rows};
  }

  at::Tensor predict(const at::Tensor& latents, const at::Tensor& sigma,
                     const Conditioning& conditioning, Weights weights) override {
    const c10::AutoGradMode grad(weights == Weights::current && c10::GradMode::is_enabled());
    const at::Tensor timestep = sigma * timesteps;
    const TinyDit& dit = network(weights);
    const auto pass = [&](std::int64_t first, std::int64_t count) {
      const PrecisionScope scope(precision_, options_.device().type());
      return dit(latents.narrow(0, first, count), timestep.narrow(0, first, count),
                 conditioning.parts.front().narrow(0, first, count))
          .to(at::kFloat);
    };
    if (c10::GradMode::is_enabled() || !latents.is_cpu()) return pass(0, latents.size(0));
    return by_row_parts(latents.size(0), pass);
  }

  // A picture costs about as much as one row of the network, so a preview is the full picture and
  // is made only where one is asked for.
  at::Tensor decode(const at::Tensor& latents, Quality) override {
    const c10::NoGradGuard no_grad;
    if (!latents.is_cpu()) return vae_.decode(latents);
    return by_row_parts(latents.size(0), [&](std::int64_t first, std::int64_t count) {
      return vae_.decode(latents.narrow(0, first, count));
    });
  }

  NamedTensors parameters(Weights weights) override {
    NamedTensors named;
    for (const NamedTensor& each : trained(network(weights))) named.push_back(each);
    return named;
  }

  void keep(Weights weights) override {
    if (weights == Weights::current) return;
    kept_.erase(weights);
    kept_.emplace(weights,
                  TinyDit(current_.config(), WeightSource::copy_of(current_.state(), options_)));
  }

 private:
  const TinyDit& network(Weights weights) const {
    if (weights == Weights::current) return current_;
    const auto kept = kept_.find(weights);
    if (kept == kept_.end())
      throw Error(std::string("no ") + (weights == Weights::ema ? "EMA" : "reference") +
                  " weights are kept in this run");
    return kept->second;
  }

  PolicyInfo info_;
  at::TensorOptions options_;
  Precision precision_;
  TinyDit current_;
  TinyVae vae_;
  std::map<Weights, TinyDit> kept_;
};

}  // namespace

std::unique_ptr<Policy> open_tiny_dit(const SafetensorsFile& file, const PolicyFiles& files,
                                      const at::Device& device, Precision precision) {
  const auto options = at::TensorOptions().dtype(at::kFloat).device(device);
  TinyModel model = read_tiny_model(file, options);
  if (!files.weights.empty()) load_trained(model.dit, files.weights);
  return std::make_unique<TinyDitPolicy>(std::move(model), device, precision);
}

}  // namespace treegrpo
