#include "train/compute_device.h"

#include <ATen/Context.h>
#include <ATen/DeviceAccelerator.h>
#include <ATen/Parallel.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <dlfcn.h>
#include <unistd.h>

#include "base/error.h"
#include "base/machine.h"
#include "cuda/cuda_device.h"

namespace treegrpo {
namespace {

DeviceInfo cuda_device(int index, const std::vector<CudaDevice>& named) {
  DeviceInfo info{.kind = "cuda", .name = "CUDA device " + std::to_string(index)};
  if (static_cast<std::size_t>(index) < named.size())
    info.name = named[static_cast<std::size_t>(index)].name;
  try {
    const auto memory = at::accelerator::getMemoryInfo(static_cast<c10::DeviceIndex>(index));
    info.memory_bytes = static_cast<std::int64_t>(memory.second);
  } catch (const c10::Error&) {
    // A device that does not tell its memory is a device all the same.
  }
  return info;
}

}  // namespace

std::string open_cuda_half() {
  Dl_info library{};
  // Only the function's address is used, to find the folder of libtorch_cpu.so.
  if (dladdr(reinterpret_cast<void*>(&at::detail::getCUDAHooks), &library) == 0)
    return "the folder of LibTorch cannot be found";
  std::string path = library.dli_fname;
  path.resize(path.rfind('/') + 1);
  path += "libtorch_cuda.so";
  if (dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL) != nullptr) return {};
  const char* reason = dlerror();
  return reason != nullptr ? reason : "no reason given";
}

std::vector<DeviceInfo> compute_devices() {
  const auto pages = static_cast<std::int64_t>(sysconf(_SC_PHYS_PAGES));
  std::vector<DeviceInfo> devices{
      {.kind = "cpu", .name = processor_name(), .memory_bytes = pages * sysconf(_SC_PAGESIZE)}};
  const int count = at::detail::getCUDAHooks().getNumGPUs();
  const std::vector<CudaDevice> named = count > 0 ? cuda_devices() : std::vector<CudaDevice>{};
  for (int index = 0; index < count; ++index) devices.push_back(cuda_device(index, named));
  return devices;
}

at::Device device_from_name(const std::string& name) {
  const bool has_cuda = at::detail::getCUDAHooks().getNumGPUs() > 0;
  if (name == "cpu") return at::Device(at::kCPU);
  if (name == "auto") return has_cuda ? at::Device(at::kCUDA, 0) : at::Device(at::kCPU);
  if (name != "cuda")
    throw configuration_error("run.device must be one of auto, cpu, cuda, found '" + name + "'");
  if (!has_cuda)
    throw configuration_error(
        "run.device = 'cuda', but no CUDA device can be used here: " +
        std::string(at::detail::getCUDAHooks().hasCUDART()
                        ? "LibTorch finds no NVIDIA GPU or driver"
                        : "LibTorch's CUDA libraries are not installed (./installer/start --cuda "
                          "brings them)") +
        "; set run.device to auto or cpu");
  return at::Device(at::kCUDA, 0);
}

void wait_for(const at::Device& device) {
  if (device.is_cuda()) at::accelerator::synchronizeDevice(device.index());
}

void prepare_computing(int threads) {
  keep_freed_memory();
  at::set_num_threads(thread_count(threads));
  at::globalContext().setDeterministicAlgorithms(true, /*warn_only=*/true);
  at::globalContext().setDeterministicFillUninitializedMemory(false);
  at::globalContext().setDeterministicCuDNN(true);
  at::globalContext().setBenchmarkCuDNN(false);
  // These set LibTorch's newer switches too; setting only those makes it throw where it asks both.
  at::globalContext().setAllowTF32CuDNN(false);
  at::globalContext().setAllowTF32CuBLAS(false);
}

}  // namespace treegrpo
