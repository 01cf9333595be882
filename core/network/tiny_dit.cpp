#include "network/tiny_dit.h"

#include <ATen/ATen.h>

namespace treegrpo {

MmditConfig TinyDitConfig::mmdit() const {
  const std::int64_t side = latent_size / patch;
  return {.in_channels = latent_channels,
          .patch = patch,
          .depth = depth,
          .heads = heads,
          .head_dim = head_dim,
          .context_dim = word_dim,
          .pooled_dim = words * word_dim,
          .position_table = side,
          .position_base = side};
}

TinyDit::TinyDit(const TinyDitConfig& config, WeightSource source)
    : config_(config),
      words_(source.parameter("text.word_embedding.weight", {config.vocabulary, config.word_dim},
                              Init::xavier_uniform)),
      positions_(source.parameter("text.position_embedding.weight", {config.words, config.word_dim},
                                  Init::xavier_uniform)),
      mmdit_(source, "", config.mmdit()),
      state_(source.finish()) {}

at::Tensor TinyDit::operator()(const at::Tensor& latents, const at::Tensor& timestep,
                               const at::Tensor& tokens) const {
  const at::Tensor text = at::embedding(words_, tokens) + positions_;
  return mmdit_(latents, timestep, {.context = text, .pooled = text.flatten(1)});
}

}  // namespace treegrpo
