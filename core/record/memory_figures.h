// What training a model takes in memory, measured on its weights once.
#pragma once

namespace treegrpo {

struct MemoryFigures {
  double model_bytes = 0;       // of all sets of weights that are kept
  double optimizer_bytes = 0;   // gradients and both moments
  double latent_bytes = 0;      // of one latent
  double activation_bytes = 0;  // of one row of a training pass, at most at once
  double forward_bytes = 0;     // of one row of a pass without gradient
};

}  // namespace treegrpo
