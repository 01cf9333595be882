// The bundled network in every precision and on every device.
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>

#include "network/tiny_model_file.h"
#include "selfcheck/check.h"

namespace treegrpo::selfcheck {

// The bundled model in one precision on one device, and a frontier of noise for it.
struct LoadedModel {
  TinyModel model;
  at::Tensor latents;   // [rows, C, h, w]
  at::Tensor timestep;  // [rows], of sigma .7
  at::Tensor tokens;    // [rows, words]

  // Velocities of the rows, without gradient.
  at::Tensor forward() const;
};
LoadedModel load_model(const Machine& machine, const at::Device& device, at::ScalarType type,
                       std::int64_t rows);

Report network(const Machine& machine);
Report bf16(const Machine& machine);

}  // namespace treegrpo::selfcheck
