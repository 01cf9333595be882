// Noise from keys: each row of a batch is drawn from its own counter, so that neither the batch nor
// the thread count changes it.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>
#include <vector>

#include "base/noise_key.h"

namespace treegrpo {

// Standard normals [counters.size(), shape…] fp32 on the CPU: Box-Muller over the Philox words of
// each counter, two normals from two words, in order.
at::Tensor normal_noise(std::span<const NoiseCounter> counters,
                        std::span<const std::int64_t> shape);

}  // namespace treegrpo
