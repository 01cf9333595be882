// A generative model as the engine sees it: latents and a prompt in, a prediction out. Nothing here
// knows pixels, a vocabulary or a size (architecture of the path, lines grow, decode and update).
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "tree/sigmas.h"
#include "weights/named_tensor.h"

namespace treegrpo {

// Which weights a prediction uses.
enum class Weights { current, reference, ema };

// preview: cheap and rough, for inner nodes on a screen; full: what rewards see.
enum class Quality { preview, full };

// What a model predicts: v = eps − x_data of a rectified flow, or the noise eps.
enum class PredictionKind { velocity, epsilon };

struct PolicyInfo {
  std::string name;
  std::vector<std::int64_t> latent_shape;  // [C, h, w]
  PredictionKind prediction = PredictionKind::velocity;
  SigmaRule sigma_rule = SigmaRule::uniform;
};

// Encoded prompts: rows that can be selected, opaque to everyone but the policy that made them.
struct Conditioning {
  std::vector<at::Tensor> parts;       // each [rows, …]
  std::int64_t unconditional_row = 0;  // the row of the empty prompt

  // Rows in that order, repeats allowed. index: int64 [n], on any device.
  Conditioning rows(const at::Tensor& index) const;
};

class Policy {
 public:
  virtual ~Policy() = default;

  virtual const PolicyInfo& info() const = 0;

  // One row a prompt in order, then the unconditional row. Throws Error naming a word or prompt
  // that cannot be encoded. Needs no gradient; encoders may be freed afterwards.
  virtual Conditioning encode(std::span<const std::string> prompts) = 0;

  // latents [B, C, h, w], sigma [B] in (0, 1], conditioning of B rows → [B, C, h, w] fp32.
  // Records gradients only for Weights::current and only while grad mode is on.
  virtual at::Tensor predict(const at::Tensor& latents, const at::Tensor& sigma,
                             const Conditioning& conditioning, Weights weights) = 0;

  // latents [B, C, h, w] → images [B, 3, H, W] fp32 in [0, 1], without gradient.
  virtual at::Tensor decode(const at::Tensor& latents, Quality quality) = 0;

  // The parameters of one set of weights, in a fixed order. current: those that train.
  // Throws Error if that set has not been kept.
  virtual std::vector<NamedTensor> parameters(Weights weights) = 0;

  // Copies the current weights into the reference or EMA set; made on first use.
  virtual void keep(Weights weights) = 0;
};

}  // namespace treegrpo
