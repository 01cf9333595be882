// The kernels of fused_step.h. Built without fused multiply-adds, so that they round as the tensor
// operations and the CPU twin do.
#include <cuda_runtime.h>

#include <string>

#include "base/error.h"
#include "cuda/fused_step.h"
#include "cuda/step_block.h"

namespace treegrpo {
namespace {

constexpr unsigned threads = 256;  // of a block; a power of two

// The sum over the block's threads, in thread 0. In a fixed order: halves are folded together.
__device__ double block_sum(double value) {
  __shared__ double sums[threads];
  sums[threadIdx.x] = value;
  for (unsigned half = threads / 2; half > 0; half /= 2) {
    __syncthreads();
    if (threadIdx.x < half) sums[threadIdx.x] += sums[threadIdx.x + half];
  }
  return sums[0];
}

__global__ void __launch_bounds__(threads)
    stochastic_step(const StepFactors step, const StepArrays arrays) {
  const std::int64_t child = blockIdx.x;
  const std::int64_t parent = child / arrays.branch;
  const float* x = arrays.x + parent * arrays.dimensions;
  const float* prediction = arrays.prediction + parent * arrays.dimensions;
  float* next = arrays.next + child * arrays.dimensions;
  const NoiseCounter counter = arrays.counters[child];

  double squares = 0;
  for (std::int64_t block = threadIdx.x; block < step_blocks(arrays.dimensions); block += threads)
    squares += step_block(step, counter, static_cast<std::uint32_t>(block), arrays.dimensions, x,
                          prediction, next);
  squares = block_sum(squares);
  if (threadIdx.x == 0) arrays.log_probs[child] = step.on_sum * squares + step.log_constant;
}

__global__ void __launch_bounds__(threads)
    ode_step(const StepFactors step, const StepArrays arrays) {
  const std::int64_t child = blockIdx.x;
  const std::int64_t parent = child / arrays.branch;
  for (std::int64_t at = threadIdx.x; at < arrays.dimensions; at += threads)
    arrays.next[child * arrays.dimensions + at] =
        step_mean(step, arrays.x[parent * arrays.dimensions + at],
                  arrays.prediction[parent * arrays.dimensions + at]);
}

__global__ void __launch_bounds__(threads) philox_words(const WordArrays arrays) {
  const std::int64_t row = blockIdx.x;
  for (std::int64_t block = threadIdx.x; block < arrays.blocks; block += threads) {
    const auto words = philox_block(arrays.counters[row], static_cast<std::uint32_t>(block));
    for (unsigned i = 0; i < 4; ++i) arrays.words[4 * (row * arrays.blocks + block) + i] = words[i];
  }
}

void require(cudaError_t status, const std::string& what) {
  if (status != cudaSuccess)
    throw Error("the GPU could not " + what + ": " + cudaGetErrorString(status));
}

// The device is the thread's current one already for LibTorch, whose CUDA runtime is another copy
// of the library than ours: so it is told, and not set back.
void use(const CudaQueue& queue) {
  require(cudaSetDevice(queue.device), "be used by the fused step");
}

}  // namespace

bool has_cuda_kernels() { return true; }

void fused_step_cuda(const AffineStep& step, const StepArrays& arrays, const CudaQueue& queue) {
  if (arrays.children() == 0 || arrays.dimensions == 0) return;
  use(queue);
  const StepFactors factors = step_factors(step, arrays.dimensions);
  const auto blocks = static_cast<unsigned>(arrays.children());
  const auto stream = static_cast<cudaStream_t>(queue.stream);
  if (step.std == 0)
    ode_step<<<blocks, threads, 0, stream>>>(factors, arrays);
  else
    stochastic_step<<<blocks, threads, 0, stream>>>(factors, arrays);
  require(cudaGetLastError(), "start the fused step");
}

void philox_words_cuda(const WordArrays& arrays, const CudaQueue& queue) {
  if (arrays.rows == 0 || arrays.blocks == 0) return;
  use(queue);
  philox_words<<<static_cast<unsigned>(arrays.rows), threads, 0,
                 static_cast<cudaStream_t>(queue.stream)>>>(arrays);
  require(cudaGetLastError(), "draw random words");
}

}  // namespace treegrpo
