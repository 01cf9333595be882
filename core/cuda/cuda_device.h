// What the GPUs of this machine are called: LibTorch's CPU half can count them and no more.
#pragma once

#include <string>
#include <vector>

namespace treegrpo {

struct CudaDevice {
  std::string name;        // "NVIDIA H100 80GB HBM3"
  std::string capability;  // "9.0"
};

// In the order that LibTorch counts them. Empty without a driver or a GPU, and in a build without
// a CUDA compiler.
std::vector<CudaDevice> cuda_devices();

}  // namespace treegrpo
