// The bundled model's autoencoder: images to a small latent grid and back, as AutoencoderKL is to
// SD3.5, at a hundredth of its size.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "network/layers.h"

namespace treegrpo {

struct TinyVaeConfig {
  std::int64_t latent_channels = 8;
  std::int64_t fold = 2;             // pixels folded into channels before the first convolution
  std::int64_t outer_channels = 32;  // at the folded resolution
  std::int64_t inner_channels = 64;  // at the latents' resolution, half of it
  std::int64_t encoder_blocks = 1;   // residual blocks at each resolution
  std::int64_t decoder_blocks = 2;

  std::int64_t downscale() const { return 2 * fold; }
};

class TinyVae {
 public:
  TinyVae(const TinyVaeConfig& config, WeightSource source);

  // A Gaussian over raw latents, each part [B, latent_channels, h, w].
  struct Posterior {
    at::Tensor mean;
    at::Tensor log_variance;
  };

  // images [B, 3, H, W] in [0, 1], H and W multiples of downscale().
  Posterior posterior(const at::Tensor& images) const;
  // Raw latents → [B, 3, H, W], not clamped: what the reconstruction loss sees.
  at::Tensor reconstruct(const at::Tensor& raw_latents) const;

  // The posterior's mean, normalised by channel: what the flow model is trained on.
  at::Tensor encode(const at::Tensor& images) const;
  // Normalised latents → images in [0, 1].
  at::Tensor decode(const at::Tensor& latents) const;

  // Sets the normalisation from the raw means of many pictures, [N, latent_channels, h, w].
  void set_normalisation(const at::Tensor& raw_latents);

  const TinyVaeConfig& config() const { return config_; }
  // Parameters and buffers by checkpoint name.
  const NamedTensors& state() const { return state_; }

 private:
  struct Encoder {
    Encoder(WeightSource& source, const TinyVaeConfig& config);
    at::Tensor operator()(const at::Tensor& x) const;
    Conv2d conv_in;
    std::vector<ResnetBlock> outer;
    Conv2d downsample;
    std::vector<ResnetBlock> inner;
    GroupNorm conv_norm_out;
    Conv2d conv_out;
  };
  struct Decoder {
    Decoder(WeightSource& source, const TinyVaeConfig& config);
    at::Tensor operator()(const at::Tensor& x) const;
    Conv2d conv_in;
    std::vector<ResnetBlock> inner;
    Conv2d upsample;
    std::vector<ResnetBlock> outer;
    GroupNorm conv_norm_out;
    Conv2d conv_out;
  };

  TinyVaeConfig config_;
  Encoder encoder_;
  Decoder decoder_;
  at::Tensor latent_mean_, latent_std_;  // [C, 1, 1]
  NamedTensors state_;
};

}  // namespace treegrpo
