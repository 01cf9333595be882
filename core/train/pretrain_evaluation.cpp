#include "train/pretrain_evaluation.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <c10/core/GradMode.h>

#include <algorithm>

#include "base/noise_key.h"
#include "scene/caption.h"
#include "scene/detector.h"
#include "scene/scene_image.h"
#include "scene/vocabulary.h"

namespace treegrpo {
namespace {

constexpr std::uint64_t reconstruction_seed = 20;

Image image_of(const at::Tensor& pixels) {
  const at::Tensor bytes = (pixels * 255).round().to(at::kByte).permute({1, 2, 0}).contiguous();
  const std::uint8_t* data = bytes.const_data_ptr<std::uint8_t>();
  return {.width = static_cast<int>(bytes.size(1)),
          .height = static_cast<int>(bytes.size(0)),
          .rgb = std::vector<std::uint8_t>(data, data + bytes.numel())};
}

// One row a caption, [N, caption_tokens].
at::Tensor token_rows(const std::vector<std::string>& captions) {
  at::Tensor rows =
      at::empty({static_cast<std::int64_t>(captions.size()), caption_tokens}, at::kLong);
  std::int64_t* row = rows.data_ptr<std::int64_t>();
  for (const std::string& text : captions) row = std::ranges::copy(tokenize(text), row).out;
  return rows;
}

at::Tensor velocity(const TinyDit& dit, const at::Tensor& latents, double sigma,
                    const at::Tensor& tokens, double guidance_scale) {
  const at::Tensor time = at::full({latents.size(0)}, 1000 * sigma);
  const at::Tensor conditional = dit(latents, time, tokens);
  if (guidance_scale == 1) return conditional;
  const at::Tensor unconditional = dit(latents, time, at::zeros_like(tokens));
  return unconditional + guidance_scale * (conditional - unconditional);
}

}  // namespace

MeanScore score_images(const at::Tensor& images, const std::vector<std::string>& captions) {
  MeanScore mean;
  for (std::size_t i = 0; i < captions.size(); ++i) {
    const SceneScore score =
        score_scene(image_of(images[static_cast<std::int64_t>(i)]), parse_caption(captions[i]));
    mean.graded += score.graded / static_cast<double>(captions.size());
    mean.strict += (score.strict ? 1.0 : 0.0) / static_cast<double>(captions.size());
  }
  return mean;
}

MeanScore score_reconstructions(const TinyVae& vae, const std::vector<std::string>& captions) {
  const c10::NoGradGuard no_grad;
  at::Tensor images =
      at::empty({static_cast<std::int64_t>(captions.size()), 3, scene_size, scene_size});
  float* pixels = images.data_ptr<float>();
  Random random{reconstruction_seed};
  for (const std::string& text : captions) {
    render(draw_scene(parse_caption(text), random), pixels);
    pixels += 3 * scene_size * scene_size;
  }
  return score_images(vae.decode(vae.encode(images)), captions);
}

at::Tensor sample_latents(const TinyDit& dit, const std::vector<std::string>& captions,
                          const OdeSampling& sampling) {
  const c10::NoGradGuard no_grad;
  const TinyDitConfig& config = dit.config();
  const at::Tensor tokens = token_rows(captions);
  at::Tensor latents =
      at::empty({tokens.size(0), config.latent_channels, config.latent_size, config.latent_size});
  for (std::int64_t i = 0; i < latents.size(0); ++i) {
    const std::uint64_t seed = mix64(mix64(sampling.seed) + static_cast<std::uint64_t>(i));
    latents[i].normal_(0, 1, at::make_generator<at::CPUGeneratorImpl>(seed));
  }
  for (std::int64_t k = 0; k < sampling.steps; ++k) {
    const double step = 1 / static_cast<double>(sampling.steps);
    const double sigma = 1 - static_cast<double>(k) * step;
    latents = latents - step * velocity(dit, latents, sigma, tokens, sampling.guidance_scale);
  }
  return latents;
}

}  // namespace treegrpo
