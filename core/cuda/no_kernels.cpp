// fused_step.h and cuda_device.h in a build without a CUDA compiler.
#include "base/error.h"
#include "cuda/cuda_device.h"
#include "cuda/fused_step.h"

namespace treegrpo {
namespace {

[[noreturn]] void throw_absent() {
  throw Error(
      "this build has no CUDA kernels of its own; build with a CUDA compiler "
      "(-DTREEGRPO_CUDA=ON)");
}

}  // namespace

bool has_cuda_kernels() { return false; }

void fused_step_cuda(const AffineStep&, const StepArrays&, const CudaQueue&) { throw_absent(); }

void philox_words_cuda(const WordArrays&, const CudaQueue&) { throw_absent(); }

std::vector<CudaDevice> cuda_devices() { return {}; }

}  // namespace treegrpo
