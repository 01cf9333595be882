// Joint attention of two token streams, as in SD3: each has its own projections, all tokens attend
// to all.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

#include "network/layers.h"

namespace treegrpo {

struct AttentionSize {
  std::int64_t heads = 1;
  std::int64_t head_dim = 64;
  bool has_qk_norm = true;           // RMSNorm of queries and keys, by head
  bool is_context_pre_only = false;  // the context is read but not written (the last block)

  std::int64_t width() const { return heads * head_dim; }
};

// Queries, keys and values of one stream: [B, N, width] → three of [B, heads, N, head_dim].
struct QkvProjection {
  struct Names {
    const char* q;
    const char* k;
    const char* v;
    const char* norm_q;
    const char* norm_k;
  };
  QkvProjection(WeightSource& source, const std::string& name, const Names& names,
                const AttentionSize& size);
  struct Heads {
    at::Tensor q, k, v;
  };
  Heads operator()(const at::Tensor& x) const;

  AttentionSize size;
  Linear to_q, to_k, to_v;
  std::vector<RmsNorm> norms;  // none, or of queries and keys
};

struct JointAttention {
  JointAttention(WeightSource& source, const std::string& name, const AttentionSize& size);

  struct Streams {
    at::Tensor image;    // [B, Nx, width]
    at::Tensor context;  // [B, Nc, width]; undefined after a context_pre_only block
  };
  // Tokens in the order image, context; scale 1/√head_dim; no mask.
  Streams operator()(const at::Tensor& image, const at::Tensor& context) const;

  QkvProjection image_qkv, context_qkv;
  Linear to_out;                   // to_out.0
  std::vector<Linear> to_add_out;  // none if context_pre_only
};

}  // namespace treegrpo
