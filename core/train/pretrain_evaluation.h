// How good the bundled model is while it is pretrained: the detector's scores on held-out captions.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

#include "network/tiny_dit.h"
#include "network/tiny_vae.h"

namespace treegrpo {

struct MeanScore {
  double graded = 0;
  double strict = 0;
};

// images [N, 3, 32, 32] in [0, 1], a caption each.
MeanScore score_images(const at::Tensor& images, const std::vector<std::string>& captions);

// Renderings of the captions through encoder and decoder.
MeanScore score_reconstructions(const TinyVae& vae, const std::vector<std::string>& captions);

struct OdeSampling {
  std::int64_t steps = 10;
  double guidance_scale = 1;
  std::uint64_t seed = 0;
};

// One latent a caption, [N, C, h, w]: Euler steps of the probability-flow ODE, sigma falling evenly
// from 1 to 0, from noise that depends on the seed and the caption's place alone.
at::Tensor sample_latents(const TinyDit& dit, const std::vector<std::string>& captions,
                          const OdeSampling& sampling);

}  // namespace treegrpo
