// Which device computes, with how many threads, and always the same way.
#pragma once

#include <c10/core/Device.h>

#include <string>
#include <vector>

#include "engine/engine.h"

namespace treegrpo {

// Opens LibTorch's CUDA half, so that devices can be found. Must run before any other call that
// asks about CUDA: the answer "there is none" is kept for ever. Not finding it is no error: then
// there is the CPU. Returns why not, or nothing.
std::string open_cuda_half();

// The CPU, then the CUDA devices.
std::vector<DeviceInfo> compute_devices();

// auto is cuda where there is one. Throws a configuration Error if cuda is asked for and absent.
at::Device device_from_name(const std::string& name);

// Returns when everything that was queued on the device is done; on the CPU at once.
void wait_for(const at::Device& device);

// Sets threads, deterministic algorithms, full fp32 precision (no TF32, which LibTorch lets
// convolutions use on its own) and the keeping of freed memory for all that follows.
void prepare_computing(int threads);

}  // namespace treegrpo
