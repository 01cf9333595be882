#include "network/mmdit.h"

#include <ATen/ATen.h>

#include <cmath>

#include "base/error.h"

namespace treegrpo {
namespace {

// [B, n·width] → n of [B, width].
std::vector<at::Tensor> chunks(const at::Tensor& modulation, std::int64_t count) {
  return modulation.chunk(count, 1);
}

// x + gate·branch, gate [B, width].
at::Tensor gated(const at::Tensor& x, const at::Tensor& gate, const at::Tensor& branch) {
  return at::addcmul(x, gate.unsqueeze(1), branch);
}

// [table] positions → [table, size]: sines, then cosines.
at::Tensor line_embedding(const at::Tensor& positions, std::int64_t size) {
  const at::Tensor exponents = at::arange(size / 2, at::kDouble) / (static_cast<double>(size) / 2);
  const at::Tensor angles = at::outer(positions, at::pow(10000.0, -exponents));
  return at::cat({angles.sin(), angles.cos()}, 1);
}

}  // namespace

at::Tensor timestep_embedding(const at::Tensor& timestep, std::int64_t size) {
  const std::int64_t half = size / 2;
  const at::Tensor exponents = at::arange(half, timestep.options().dtype(at::kFloat)) *
                               (-std::log(10000.0) / static_cast<double>(half));
  const at::Tensor angles = at::outer(timestep.to(at::kFloat), exponents.exp());
  return at::cat({angles.cos(), angles.sin()}, 1);
}

at::Tensor position_embedding(std::int64_t table, std::int64_t base, std::int64_t width) {
  const double scale = static_cast<double>(base) / static_cast<double>(table);
  const at::Tensor line = line_embedding(at::arange(table, at::kDouble) * scale, width / 2);
  const at::Tensor column = line.unsqueeze(0).expand({table, table, width / 2});
  const at::Tensor row = line.unsqueeze(1).expand({table, table, width / 2});
  return at::cat({column, row}, 2).view({1, table * table, width}).to(at::kFloat);
}

at::Tensor unpatchify(const at::Tensor& tokens, std::int64_t rows, std::int64_t columns,
                      std::int64_t patch) {
  const std::int64_t channels = tokens.size(2) / (patch * patch);
  return tokens.view({tokens.size(0), rows, columns, patch, patch, channels})
      .permute({0, 5, 1, 3, 2, 4})
      .reshape({tokens.size(0), channels, rows * patch, columns * patch});
}

at::Tensor modulated_norm(const at::Tensor& x, const at::Tensor& shift, const at::Tensor& scale) {
  const at::Tensor normed = at::layer_norm(x, {x.size(-1)}, {}, {}, 1e-6);
  return at::addcmul(shift.unsqueeze(1), normed, 1 + scale.unsqueeze(1));
}

FeedForward::FeedForward(WeightSource& source, const std::string& name, std::int64_t width,
                         std::int64_t hidden)
    : in(source, name + ".net.0.proj", width, hidden),
      out(source, name + ".net.2", hidden, width) {}

at::Tensor FeedForward::operator()(const at::Tensor& x) const {
  return out(at::gelu(in(x), "tanh"));
}

JointBlock::JointBlock(WeightSource& source, const std::string& name, const MmditConfig& config,
                       bool is_last)
    : norm1(source, name + ".norm1.linear", config.width(), 6 * config.width(), Init::zeros),
      norm1_context(source, name + ".norm1_context.linear", config.width(),
                    (is_last ? 2 : 6) * config.width(), Init::zeros),
      attention(source, name + ".attn",
                {.heads = config.heads,
                 .head_dim = config.head_dim,
                 .has_qk_norm = config.has_qk_norm,
                 .is_context_pre_only = is_last}),
      ff(source, name + ".ff", config.width(), config.mlp_ratio * config.width()) {
  if (!is_last) {
    ff_context.emplace_back(source, name + ".ff_context", config.width(),
                            config.mlp_ratio * config.width());
  }
}

JointBlock::Streams JointBlock::operator()(const Streams& in,
                                           const at::Tensor& conditioning) const {
  // shift, scale, gate of the attention, then of the MLP.
  const auto x = chunks(norm1(conditioning), 6);
  const bool is_last = ff_context.empty();
  const auto c = chunks(norm1_context(conditioning), is_last ? 2 : 6);
  // The last block's context has scale before shift (AdaLayerNormContinuous).
  const at::Tensor context =
      is_last ? modulated_norm(in.context, c[1], c[0]) : modulated_norm(in.context, c[0], c[1]);
  const Streams attended = attention(modulated_norm(in.image, x[0], x[1]), context);

  Streams out;
  out.image = gated(in.image, x[2], attended.image);
  out.image = gated(out.image, x[5], ff(modulated_norm(out.image, x[3], x[4])));
  if (is_last) return out;
  out.context = gated(in.context, c[2], attended.context);
  out.context = gated(out.context, c[5], ff_context[0](modulated_norm(out.context, c[3], c[4])));
  return out;
}

Mmdit::Mmdit(WeightSource& source, const std::string& prefix, const MmditConfig& config)
    : config_(config),
      patch_weight_(source.parameter(
          prefix + "pos_embed.proj.weight",
          {config.width(), config.in_channels, config.patch, config.patch}, Init::xavier_uniform)),
      patch_bias_(source.parameter(prefix + "pos_embed.proj.bias", {config.width()}, Init::zeros)),
      positions_(source.buffer(prefix + "pos_embed.pos_embed",
                               {1, config.position_table * config.position_table, config.width()},
                               [&] {
                                 return position_embedding(config.position_table,
                                                           config.position_base, config.width());
                               })),
      timestep_embedder_(source, prefix + "time_text_embed.timestep_embedder",
                         config.time_frequencies, config.width(), Init::normal_002),
      text_embedder_(source, prefix + "time_text_embed.text_embedder", config.pooled_dim,
                     config.width()),
      context_embedder_(source, prefix + "context_embedder", config.context_dim, config.width()),
      blocks_([&] {
        std::vector<JointBlock> blocks;
        for (std::int64_t i = 0; i < config.depth; ++i) {
          blocks.emplace_back(source, prefix + "transformer_blocks." + std::to_string(i), config,
                              i + 1 == config.depth);
        }
        return blocks;
      }()),
      norm_out_(source, prefix + "norm_out.linear", config.width(), 2 * config.width(),
                Init::zeros),
      proj_out_(source, prefix + "proj_out", config.width(),
                config.patch * config.patch * config.in_channels, Init::zeros) {}

at::Tensor Mmdit::embed_patches(const at::Tensor& latents) const {
  const std::int64_t patch = config_.patch, table = config_.position_table;
  const std::int64_t rows = latents.size(2) / patch, columns = latents.size(3) / patch;
  if (rows * patch != latents.size(2) || columns * patch != latents.size(3) || rows > table ||
      columns > table) {
    throw Error("latents of " + std::to_string(latents.size(2)) + " x " +
                std::to_string(latents.size(3)) +
                " do not fit the model: sides must be multiples of " + std::to_string(patch) +
                " and at most " + std::to_string(patch * table));
  }
  const at::Tensor tokens =
      at::conv2d(latents, patch_weight_, patch_bias_, {patch, patch}).flatten(2).transpose(1, 2);
  const at::Tensor centre = positions_.view({table, table, config_.width()})
                                .narrow(0, (table - rows) / 2, rows)
                                .narrow(1, (table - columns) / 2, columns)
                                .reshape({1, rows * columns, config_.width()});
  return (tokens + centre).to(latents.scalar_type());
}

at::Tensor Mmdit::operator()(const at::Tensor& latents, const at::Tensor& timestep,
                             const Text& text) const {
  const at::Tensor time =
      timestep_embedding(timestep, config_.time_frequencies).to(text.pooled.scalar_type());
  const at::Tensor conditioning = at::silu(timestep_embedder_(time) + text_embedder_(text.pooled));

  JointBlock::Streams streams{.image = embed_patches(latents),
                              .context = context_embedder_(text.context)};
  for (const JointBlock& block : blocks_) streams = block(streams, conditioning);

  const auto modulation = chunks(norm_out_(conditioning), 2);  // scale, shift
  const at::Tensor out = proj_out_(modulated_norm(streams.image, modulation[1], modulation[0]));
  return unpatchify(out, latents.size(2) / config_.patch, latents.size(3) / config_.patch,
                    config_.patch);
}

}  // namespace treegrpo
