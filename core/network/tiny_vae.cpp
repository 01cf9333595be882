#include "network/tiny_vae.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <utility>

namespace treegrpo {
namespace {

constexpr std::int64_t groups = 8;

std::vector<ResnetBlock> blocks(WeightSource& source, const std::string& name, std::int64_t count,
                                std::int64_t channels) {
  std::vector<ResnetBlock> result;
  for (std::int64_t i = 0; i < count; ++i) {
    result.emplace_back(source, name + ".resnets." + std::to_string(i),
                        ResnetBlock::Size{channels, channels, groups});
  }
  return result;
}

at::Tensor through(const std::vector<ResnetBlock>& blocks, at::Tensor x) {
  for (const ResnetBlock& block : blocks) x = block(x);
  return x;
}

}  // namespace

TinyVae::Encoder::Encoder(WeightSource& source, const TinyVaeConfig& c)
    : conv_in(source, "encoder.conv_in", {.in = 3 * c.fold * c.fold, .out = c.outer_channels}),
      outer(blocks(source, "encoder.down_blocks.0", c.encoder_blocks, c.outer_channels)),
      downsample(source, "encoder.down_blocks.0.downsamplers.0.conv",
                 {.in = c.outer_channels, .out = c.inner_channels, .kernel = 2, .stride = 2}),
      inner(blocks(source, "encoder.down_blocks.1", c.encoder_blocks, c.inner_channels)),
      conv_norm_out(source, "encoder.conv_norm_out", groups, c.inner_channels),
      conv_out(source, "encoder.conv_out", {.in = c.inner_channels, .out = 2 * c.latent_channels}) {
}

at::Tensor TinyVae::Encoder::operator()(const at::Tensor& x) const {
  const at::Tensor features = through(inner, downsample(through(outer, conv_in(x))));
  return conv_out(at::silu(conv_norm_out(features)));
}

TinyVae::Decoder::Decoder(WeightSource& source, const TinyVaeConfig& c)
    : conv_in(source, "decoder.conv_in", {.in = c.latent_channels, .out = c.inner_channels}),
      inner(blocks(source, "decoder.up_blocks.0", c.decoder_blocks, c.inner_channels)),
      upsample(source, "decoder.up_blocks.0.upsamplers.0.conv",
               {.in = c.inner_channels, .out = c.outer_channels}),
      outer(blocks(source, "decoder.up_blocks.1", c.decoder_blocks, c.outer_channels)),
      conv_norm_out(source, "decoder.conv_norm_out", groups, c.outer_channels),
      conv_out(source, "decoder.conv_out", {.in = c.outer_channels, .out = 3 * c.fold * c.fold}) {}

at::Tensor TinyVae::Decoder::operator()(const at::Tensor& x) const {
  at::Tensor features = through(inner, conv_in(x));
  features = at::upsample_nearest2d(features, {2 * features.size(2), 2 * features.size(3)});
  features = through(outer, upsample(features));
  return conv_out(at::silu(conv_norm_out(features)));
}

TinyVae::TinyVae(const TinyVaeConfig& config, WeightSource source)
    : config_(config),
      encoder_(source, config),
      decoder_(source, config),
      latent_mean_(source.buffer("latent_mean", {config.latent_channels, 1, 1},
                                 [&] {
                                   return at::zeros({config.latent_channels, 1, 1});
                                 })),
      latent_std_(source.buffer("latent_std", {config.latent_channels, 1, 1},
                                [&] {
                                  return at::ones({config.latent_channels, 1, 1});
                                })),
      state_(source.finish()) {}

TinyVae::Posterior TinyVae::posterior(const at::Tensor& images) const {
  const std::vector<at::Tensor> parts =
      encoder_(at::pixel_unshuffle(2 * images - 1, config_.fold)).chunk(2, 1);
  return {parts[0], parts[1].clamp(-30, 20)};
}

at::Tensor TinyVae::reconstruct(const at::Tensor& raw_latents) const {
  return (at::pixel_shuffle(decoder_(raw_latents), config_.fold) + 1) / 2;
}

at::Tensor TinyVae::encode(const at::Tensor& images) const {
  return (posterior(images).mean - latent_mean_) / latent_std_;
}

at::Tensor TinyVae::decode(const at::Tensor& latents) const {
  return reconstruct(latents * latent_std_ + latent_mean_).clamp(0, 1);
}

void TinyVae::set_normalisation(const at::Tensor& raw_latents) {
  const c10::NoGradGuard no_grad;
  const auto channels = raw_latents.transpose(0, 1).flatten(1);
  latent_mean_.copy_(channels.mean(1).view_as(latent_mean_));
  latent_std_.copy_(channels.std(1).view_as(latent_std_));
}

}  // namespace treegrpo
