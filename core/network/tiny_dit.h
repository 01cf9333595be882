// The bundled model's network: words to text tokens by a table, then SD3.5's transformer in
// miniature. The only network that knows a vocabulary.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "network/mmdit.h"

namespace treegrpo {

struct TinyDitConfig {
  std::int64_t vocabulary = 0;  // words, padding among them
  std::int64_t words = 8;       // of a caption
  std::int64_t word_dim = 64;   // of an embedded word
  std::int64_t latent_channels = 8;
  std::int64_t latent_size = 8;  // rows and columns
  std::int64_t patch = 2;
  std::int64_t depth = 5;
  std::int64_t heads = 3;
  std::int64_t head_dim = 32;

  // The pooled text is all words of the caption in order, end to end.
  MmditConfig mmdit() const;
};

class TinyDit {
 public:
  TinyDit(const TinyDitConfig& config, WeightSource source);

  // latents [B, C, h, w], timestep [B] in 0 … 1000, tokens [B, words] int64 → velocity eps − x.
  // A row of padding alone is the empty caption.
  at::Tensor operator()(const at::Tensor& latents, const at::Tensor& timestep,
                        const at::Tensor& tokens) const;

  const TinyDitConfig& config() const { return config_; }
  // Parameters and buffers by checkpoint name.
  const NamedTensors& state() const { return state_; }

 private:
  TinyDitConfig config_;
  at::Tensor words_;      // [vocabulary, word_dim]
  at::Tensor positions_;  // [words, word_dim]
  Mmdit mmdit_;
  NamedTensors state_;
};

}  // namespace treegrpo
