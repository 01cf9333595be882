// The bundled model as a policy.
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>

#include "policy/catalog.h"
#include "weights/safetensors.h"

namespace treegrpo {

// Throws Error as open_policy does.
std::unique_ptr<Policy> open_tiny_dit(const SafetensorsFile& file, const PolicyFiles& files,
                                      const at::Device& device, Precision precision);

}  // namespace treegrpo
