// Algorithm 1 lines 5 to 9 in one pass over memory: mean, noise, next latent and log-prob of a
// whole frontier, on raw pointers. There is a CUDA kernel and its twin on the CPU; both run the
// same lines (cuda/step_block) on each four numbers, so that they differ by the last bits of a
// logarithm or a cosine, and by the order in which a row's squares are added.
#pragma once

#include <cstdint>

#include "base/noise_key.h"
#include "cuda/affine_step.h"

namespace treegrpo {

// Rows of `dimensions` numbers, parents in order and the children of each side by side.
struct StepArrays {
  std::int64_t parents = 0;
  std::int64_t branch = 1;            // children of each parent
  std::int64_t dimensions = 0;        // of a latent
  const float* x = nullptr;           // [parents, dimensions]
  const float* prediction = nullptr;  // [parents, dimensions]
  // Where the step's std is 0 these two are not looked at.
  const NoiseCounter* counters = nullptr;  // [parents · branch], a child each
  double* log_probs = nullptr;             // [parents · branch], written
  float* next = nullptr;                   // [parents · branch, dimensions], written

  std::int64_t children() const { return parents * branch; }
};

// Children first … last − 1, so that a caller may share them out among threads; a child's bytes do
// not depend on how. Latents are those of the tensor operations, bit for bit; the squares of a
// log-prob are added in double, in order.
void fused_step_cpu(const AffineStep& step, const StepArrays& arrays, std::int64_t first,
                    std::int64_t last);

// Where a kernel is queued.
struct CudaQueue {
  int device = 0;          // must be the calling thread's current device
  void* stream = nullptr;  // a cudaStream_t of that device
};

// Whether this build has the kernels below; without them both throw Error.
bool has_cuda_kernels();

// All children, one block of threads each; arrays point to the device's memory. Returns before the
// work is done. The same input gives the same bytes, in a batch of any size: each row's squares are
// added in a fixed order. Throws Error if the kernel cannot be started.
void fused_step_cuda(const AffineStep& step, const StepArrays& arrays, const CudaQueue& queue);

// The Philox words behind a step's noise, to be compared with philox_block: words 4·block to
// 4·block + 3 of each counter. counters [rows], words [rows, 4·blocks], both in device memory.
struct WordArrays {
  std::int64_t rows = 0;
  std::int64_t blocks = 0;
  const NoiseCounter* counters = nullptr;
  std::uint32_t* words = nullptr;
};
void philox_words_cuda(const WordArrays& arrays, const CudaQueue& queue);

}  // namespace treegrpo
