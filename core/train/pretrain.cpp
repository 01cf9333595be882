#include "train/pretrain.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "base/noise_key.h"
#include "network/tiny_model_file.h"
#include "scene/scene_prompts.h"
#include "train/pretrain_data.h"
#include "train/pretrain_evaluation.h"
#include "weights/weight_source.h"

namespace treegrpo {
namespace {

// Apart from each other, so that no two uses share a stream.
enum class Stream : std::uint64_t { vae_weights, dit_weights, vae_pictures, vae_noise, pool, flow };

std::uint64_t stream_seed(const PretrainConfig& config, Stream stream, std::int64_t index = 0) {
  return mix64(mix64(mix64(config.seed) + static_cast<std::uint64_t>(stream)) +
               static_cast<std::uint64_t>(index));
}

at::Generator generator(const PretrainConfig& config, Stream stream, std::int64_t step) {
  return at::make_generator<at::CPUGeneratorImpl>(stream_seed(config, stream, step));
}

// The weights that training begins from.
TinyModel initial_model(const PretrainConfig& config) {
  if (!config.start_from.empty()) {
    const SafetensorsFile file(config.start_from);
    return {.dit = TinyDit(config.dit, WeightSource::from_file(file, "transformer.", at::kFloat)),
            .vae = TinyVae(config.vae, WeightSource::from_file(file, "vae.", at::kFloat))};
  }
  const auto random = [&](Stream stream) {
    return WeightSource::random(stream_seed(config, stream), at::kFloat);
  };
  return {.dit = TinyDit(config.dit, random(Stream::dit_weights)),
          .vae = TinyVae(config.vae, random(Stream::vae_weights))};
}

// The model in training: weights and their averages.
struct Models {
  Models(const PretrainConfig& config, TinyModel initial)
      : vae(std::move(initial.vae)),
        dit(std::move(initial.dit)),
        vae_average(config.vae, WeightSource::copy_of(vae.state(), at::kFloat)),
        dit_average(config.dit, WeightSource::copy_of(dit.state(), at::kFloat)) {}

  TinyVae vae;
  TinyDit dit;
  TinyVae vae_average;
  TinyDit dit_average;
};

// Those of an autoencoder's tensors that its stage trains.
NamedTensors trained_part(const PretrainConfig& config, const TinyVae& vae) {
  NamedTensors part = vae.state();
  if (config.decoder_only) {
    std::erase_if(part, [](const auto& named) { return !named.name.starts_with("decoder."); });
  }
  return part;
}

std::string score_text(const MeanScore& score) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "graded %.3f strict %.3f", score.graded, score.strict);
  return buffer;
}

// E|x̂ − x| + 2 E(x̂ − x)² + kl_weight · E KL(posterior ‖ N(0, 1)), means over elements.
at::Tensor autoencoder_loss(const PretrainConfig& config, const TinyVae& vae, std::int64_t step) {
  const at::Tensor images = draw_pictures(stream_seed(config, Stream::vae_pictures),
                                          step * config.autoencoder.batch, config.autoencoder.batch)
                                .images;
  const c10::AutoGradMode encoder_trains(!config.decoder_only);
  const TinyVae::Posterior posterior = vae.posterior(images);
  const c10::AutoGradMode decoder_trains(true);
  const at::Tensor noise = at::empty_like(posterior.mean.detach())
                               .normal_(0, 1, generator(config, Stream::vae_noise, step));
  const at::Tensor latents = posterior.mean + (0.5 * posterior.log_variance).exp() * noise;
  const at::Tensor difference = vae.reconstruct(latents) - images;
  const at::Tensor kl =
      0.5 * (posterior.mean.square() + posterior.log_variance.exp() - 1 - posterior.log_variance);
  return difference.abs().mean() + 2 * difference.square().mean() + config.kl_weight * kl.mean();
}

// Latents get mean 0 and deviation 1 in every channel, over pictures that no step has seen.
void normalise_latents(const PretrainConfig& config, TinyVae& vae) {
  const c10::NoGradGuard no_grad;
  constexpr std::int64_t count = 2048;
  const Pictures pictures = draw_pictures(stream_seed(config, Stream::vae_noise), 0, count);
  vae.set_normalisation(vae.posterior(pictures.images).mean);
}

void write_model(const PretrainConfig& config, const Models& models,
                 const std::filesystem::path& out, const Metadata& training) {
  write_tiny_model(out,
                   {.config = {.dit = config.dit, .vae = config.vae},
                    .dit = models.dit_average.state(),
                    .vae = models.vae_average.state()},
                   training);
}

bool train_autoencoder(const PretrainConfig& config, Models& models,
                       const std::filesystem::path& out, const StageFiles& files,
                       const PretrainHooks& hooks) {
  const std::vector<std::string> captions = balanced_held_out(2 * config.evaluation_captions);
  return run_stage(
      {.name = "autoencoder",
       .seed = config.seed,
       .plan = config.autoencoder,
       .optimizer = {.beta2 = 0.99},
       .begins_from = config.start_from,
       .weights = trained_part(config, models.vae),
       .average = trained_part(config, models.vae_average),
       .loss = [&](std::int64_t step) { return autoencoder_loss(config, models.vae, step); },
       .evaluate =
           [&](std::int64_t) {
             if (!config.decoder_only) normalise_latents(config, models.vae_average);
             const MeanScore score = score_reconstructions(models.vae_average, captions);
             return std::pair(score.graded, "reconstructions " + score_text(score));
           },
       .keep_best =
           [&](std::int64_t step, double) {
             write_model(config, models, out, {{"autoencoder_steps", std::to_string(step)}});
           }},
      files, hooks);
}

// Pictures encoded once and used several times, with other noises; drawn afresh every pool_steps.
class LatentPool {
 public:
  LatentPool(const PretrainConfig& config, const TinyVae& vae) : config_(config), vae_(vae) {}

  struct Batch {
    at::Tensor latents;
    at::Tensor tokens;
  };
  Batch draw(std::int64_t step, std::int64_t count, at::Generator& random) {
    if (step / config_.pool_steps != number_) fill(step / config_.pool_steps);
    const at::Tensor rows = at::empty({count}, at::kLong).random_(0, config_.pool, random);
    return {latents_.index_select(0, rows), tokens_.index_select(0, rows)};
  }

 private:
  void fill(std::int64_t number) {
    const c10::NoGradGuard no_grad;
    constexpr std::int64_t chunk = 256;
    std::vector<at::Tensor> latents, tokens;
    for (std::int64_t first = 0; first < config_.pool; first += chunk) {
      const Pictures pictures = draw_pictures(stream_seed(config_, Stream::pool, number), first,
                                              std::min(chunk, config_.pool - first));
      latents.push_back(vae_.encode(pictures.images));
      tokens.push_back(pictures.tokens);
    }
    latents_ = at::cat(latents);
    tokens_ = at::cat(tokens);
    number_ = number;
  }

  const PretrainConfig& config_;
  const TinyVae& vae_;
  std::int64_t number_ = -1;
  at::Tensor latents_, tokens_;
};

// Rectified flow: x_σ = (1 − σ) x + σ ε, σ = sigmoid(N(0, 1)); the network predicts u = ε − x, with
// model guidance u + w·sg(v(x_σ, caption) − v(x_σ, no caption)).
at::Tensor flow_loss(const PretrainConfig& config, const TinyDit& dit, LatentPool& pool,
                     std::int64_t step) {
  const std::int64_t count = config.flow.batch;
  at::Generator random = generator(config, Stream::flow, step);
  const auto [x, tokens] = pool.draw(step, count, random);
  const at::Tensor sigma = at::empty({count}).normal_(0, 1, random).sigmoid();
  const at::Tensor kept = at::empty({count}).uniform_(0, 1, random).ge(config.caption_dropout);
  const at::Tensor noise = at::empty_like(x).normal_(0, 1, random);

  const at::Tensor s = sigma.view({count, 1, 1, 1});
  const at::Tensor noisy = (1 - s) * x + s * noise;
  const at::Tensor velocity = dit(noisy, 1000 * sigma, tokens * kept.unsqueeze(1));
  at::Tensor target = noise - x;
  if (config.model_guidance > 0) {
    const c10::NoGradGuard no_grad;
    const at::Tensor unconditional = dit(noisy, 1000 * sigma, at::zeros_like(tokens));
    target = target + config.model_guidance * (velocity - unconditional);
  }
  return (velocity - target).square().mean();
}

bool train_flow(const PretrainConfig& config, Models& models, const std::filesystem::path& out,
                const StageFiles& files, const PretrainHooks& hooks) {
  const std::vector<std::string> captions = balanced_held_out(config.evaluation_captions);
  const auto sampled = [&](double guidance_scale) {
    const at::Tensor latents =
        sample_latents(models.dit_average, captions,
                       {.steps = config.sample_steps, .guidance_scale = guidance_scale});
    return score_images(models.vae_average.decode(latents), captions);
  };
  LatentPool pool(config, models.vae_average);
  Metadata training{{"autoencoder_steps", std::to_string(config.autoencoder.steps)}};
  return run_stage(
      {.name = "flow",
       .seed = config.seed,
       .plan = config.flow,
       .optimizer = {.beta2 = 0.98},
       .begins_from = config.start_from,
       .weights = models.dit.state(),
       .average = models.dit_average.state(),
       .loss = [&](std::int64_t step) { return flow_loss(config, models.dit, pool, step); },
       .evaluate =
           [&](std::int64_t) {
             const MeanScore plain = sampled(1), guided = sampled(config.guidance_scale);
             training["held_out_graded"] = std::to_string(plain.graded);
             training["held_out_strict"] = std::to_string(plain.strict);
             return std::pair(plain.graded,
                              "held-out " + score_text(plain) + ", guided " + score_text(guided));
           },
       .keep_best =
           [&](std::int64_t step, double) {
             training["flow_steps"] = std::to_string(step);
             write_model(config, models, out, training);
           }},
      files, hooks);
}

}  // namespace

bool pretrain(const PretrainConfig& chosen, const std::filesystem::path& out,
              const PretrainHooks& hooks) {
  const PretrainConfig config = completed(chosen);
  if (config.threads > 0) at::set_num_threads(config.threads);
  std::filesystem::path folder = out;
  folder += ".pretrain";
  std::filesystem::create_directories(folder);
  const StageFiles files{
      .state_folder = folder, .state_every = config.state_every, .log_every = config.log_every};
  Models models(config, initial_model(config));
  return train_autoencoder(config, models, out, files, hooks) &&
         train_flow(config, models, out, files, hooks);
}

}  // namespace treegrpo
