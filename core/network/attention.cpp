#include "network/attention.h"

#include <ATen/ATen.h>

namespace treegrpo {
namespace {

constexpr QkvProjection::Names image_names{"to_q", "to_k", "to_v", "norm_q", "norm_k"};
constexpr QkvProjection::Names context_names{"add_q_proj", "add_k_proj", "add_v_proj",
                                             "norm_added_q", "norm_added_k"};

}  // namespace

QkvProjection::QkvProjection(WeightSource& source, const std::string& name, const Names& names,
                             const AttentionSize& size)
    : size(size),
      to_q(source, name + "." + names.q, size.width(), size.width()),
      to_k(source, name + "." + names.k, size.width(), size.width()),
      to_v(source, name + "." + names.v, size.width(), size.width()) {
  if (size.has_qk_norm) {
    norms.emplace_back(source, name + "." + names.norm_q, size.head_dim);
    norms.emplace_back(source, name + "." + names.norm_k, size.head_dim);
  }
}

QkvProjection::Heads QkvProjection::operator()(const at::Tensor& x) const {
  const auto by_head = [&](const at::Tensor& projected) {
    return projected.view({x.size(0), x.size(1), size.heads, size.head_dim}).transpose(1, 2);
  };
  Heads heads{by_head(to_q(x)), by_head(to_k(x)), by_head(to_v(x))};
  if (!norms.empty()) {
    heads.q = norms[0](heads.q);
    heads.k = norms[1](heads.k);
  }
  return heads;
}

JointAttention::JointAttention(WeightSource& source, const std::string& name,
                               const AttentionSize& size)
    : image_qkv(source, name, image_names, size),
      context_qkv(source, name, context_names, size),
      to_out(source, name + ".to_out.0", size.width(), size.width()) {
  if (!size.is_context_pre_only) {
    to_add_out.emplace_back(source, name + ".to_add_out", size.width(), size.width());
  }
}

JointAttention::Streams JointAttention::operator()(const at::Tensor& image,
                                                   const at::Tensor& context) const {
  const QkvProjection::Heads x = image_qkv(image);
  const QkvProjection::Heads c = context_qkv(context);
  const at::Tensor mixed =
      at::scaled_dot_product_attention(at::cat({x.q, c.q}, 2), at::cat({x.k, c.k}, 2),
                                       at::cat({x.v, c.v}, 2))
          .transpose(1, 2)
          .flatten(2);
  const std::int64_t image_tokens = image.size(1);
  Streams out{.image = to_out(mixed.narrow(1, 0, image_tokens)), .context = {}};
  if (!to_add_out.empty()) {
    out.context = to_add_out[0](mixed.narrow(1, image_tokens, context.size(1)));
  }
  return out;
}

}  // namespace treegrpo
