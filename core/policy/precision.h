// In which precision a network computes (run.precision). Weights, latents, noise, the sampler's
// arithmetic, log-probs, losses and the optimiser are fp32 whatever it says.
#pragma once

#include <c10/core/DeviceType.h>

#include <string>

namespace treegrpo {

// bf16: matrix products, convolutions and attention read bf16 copies of their inputs; norms and the
// residual stream stay fp32. fp16 is not offered: its range is too small for a network that was
// trained in fp32, and on a CPU it is many times slower.
enum class Precision { fp32, bf16 };

// Throws a configuration Error on an unknown name.
Precision precision_from_name(const std::string& name);

// While it lives, LibTorch's operators on that device compute in that precision (autocast). The
// copies of the weights last as long as it does, so it must end before an optimiser's step.
// Engine thread only.
class PrecisionScope {
 public:
  PrecisionScope(Precision precision, c10::DeviceType device);
  ~PrecisionScope();
  PrecisionScope(const PrecisionScope&) = delete;
  PrecisionScope& operator=(const PrecisionScope&) = delete;

 private:
  bool lowered_;
  c10::DeviceType device_;
};

}  // namespace treegrpo
