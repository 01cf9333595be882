#include <cuda_runtime.h>

#include "cuda/cuda_device.h"

namespace treegrpo {

std::vector<CudaDevice> cuda_devices() {
  int count = 0;
  // Any error means that there is nothing to use: no driver, none new enough, no GPU.
  if (cudaGetDeviceCount(&count) != cudaSuccess) count = 0;
  std::vector<CudaDevice> devices;
  for (int index = 0; index < count; ++index) {
    cudaDeviceProp properties{};
    if (cudaGetDeviceProperties(&properties, index) != cudaSuccess) properties = {};
    devices.push_back(
        {.name = properties.name,
         .capability = std::to_string(properties.major) + "." + std::to_string(properties.minor)});
  }
  cudaGetLastError();  // what was answered above is no error of whoever asks next
  return devices;
}

}  // namespace treegrpo
