// The multimodal diffusion transformer of Stable Diffusion 3 and 3.5 (Esser et al. 2024): image and
// text tokens in two streams, joined in every attention, modulated by time and pooled text. Sizes
// come from the config; keys are those of diffusers' SD3Transformer2DModel.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

#include "network/attention.h"
#include "network/layers.h"

namespace treegrpo {

struct MmditConfig {
  std::int64_t in_channels = 16;
  std::int64_t patch = 2;
  std::int64_t depth = 24;
  std::int64_t heads = 24;
  std::int64_t head_dim = 64;
  std::int64_t mlp_ratio = 4;
  std::int64_t context_dim = 4096;      // of each text token
  std::int64_t pooled_dim = 2048;       // of the pooled text
  std::int64_t position_table = 384;    // tokens a side; larger latents are refused
  std::int64_t position_base = 64;      // tokens a side that positions are scaled to
  std::int64_t time_frequencies = 256;  // size of the sinusoid of the timestep
  bool has_qk_norm = true;

  std::int64_t width() const { return heads * head_dim; }
};

// [B] timesteps 0 … 1000 → [B, size]: cos(t f_j), then sin(t f_j), f_j = 10000^(−j / (size/2)).
at::Tensor timestep_embedding(const at::Tensor& timestep, std::int64_t size);

// [1, table², width]: column in the first half of the channels, row in the second; of each first
// sines, then cosines. Computed in double.
at::Tensor position_embedding(std::int64_t table, std::int64_t base, std::int64_t width);

// [B, N, p·p·C] with the channel fastest, tokens row by row → [B, C, rows·p, columns·p].
at::Tensor unpatchify(const at::Tensor& tokens, std::int64_t rows, std::int64_t columns,
                      std::int64_t patch);

// n·(1 + scale) + shift, n = LayerNorm(x) without weights; shift, scale [B, width], x [B, N,
// width].
at::Tensor modulated_norm(const at::Tensor& x, const at::Tensor& shift, const at::Tensor& scale);

// Linear → GELU (tanh) → Linear: net.0.proj, net.2.
struct FeedForward {
  FeedForward(WeightSource& source, const std::string& name, std::int64_t width,
              std::int64_t hidden);
  at::Tensor operator()(const at::Tensor& x) const;

  Linear in, out;
};

// One block: both streams attend together, then each passes its own MLP. Gates begin at zero
// (adaLN-zero), so a fresh block is the identity.
struct JointBlock {
  JointBlock(WeightSource& source, const std::string& name, const MmditConfig& config,
             bool is_last);

  using Streams = JointAttention::Streams;
  // conditioning: SiLU of the time and text embedding, [B, width]. The last block's context is
  // undefined.
  Streams operator()(const Streams& in, const at::Tensor& conditioning) const;

  Linear norm1, norm1_context;  // modulations: 6·width; the last block's context 2·width
  JointAttention attention;
  FeedForward ff;
  std::vector<FeedForward> ff_context;  // none in the last block
};

class Mmdit {
 public:
  // Asks `source` for its tensors under `prefix` ("" or "transformer.").
  Mmdit(WeightSource& source, const std::string& prefix, const MmditConfig& config);

  struct Text {
    at::Tensor context;  // [B, Nc, context_dim]
    at::Tensor pooled;   // [B, pooled_dim]
  };
  // latents [B, in_channels, h, w], timestep [B] in 0 … 1000 → velocity, the latents' shape.
  // Throws Error if h or w do not fit the patch or the position table.
  at::Tensor operator()(const at::Tensor& latents, const at::Tensor& timestep,
                        const Text& text) const;

 private:
  at::Tensor embed_patches(const at::Tensor& latents) const;

  MmditConfig config_;
  at::Tensor patch_weight_, patch_bias_, positions_;
  EmbeddingMlp timestep_embedder_, text_embedder_;
  Linear context_embedder_;
  std::vector<JointBlock> blocks_;
  Linear norm_out_, proj_out_;
};

}  // namespace treegrpo
