// The bundled network in every precision and on every device.
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>

#include "policy/catalog.h"
#include "selfcheck/check.h"

namespace treegrpo::selfcheck {

// A prediction of the bundled policy, the same one wherever and in whatever precision it is made:
// held-out captions, a row each, at sigma .7.
struct Prediction {
  std::unique_ptr<Policy> policy;
  Conditioning conditioning;
  at::Tensor latents;  // [rows, C, h, w]
  at::Tensor sigma;    // [rows]

  // Velocities, without gradient.
  at::Tensor make() const;
};
Prediction make_prediction(const Machine& machine, const at::Device& device, Precision precision,
                           std::int64_t rows);

Report network(const Machine& machine);
Report bf16(const Machine& machine);

}  // namespace treegrpo::selfcheck
