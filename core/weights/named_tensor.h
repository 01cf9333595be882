// A tensor and its name in the checkpoint: how modules hand out what they hold.
#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

namespace treegrpo {

struct NamedTensor {
  std::string name;  // as in the checkpoint
  at::Tensor tensor;
};

// In a fixed order: that in which the module was built.
using NamedTensors = std::vector<NamedTensor>;

}  // namespace treegrpo
