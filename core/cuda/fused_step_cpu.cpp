#include "cuda/fused_step.h"
#include "cuda/step_block.h"

namespace treegrpo {
namespace {

// A child's place in the arrays.
struct Row {
  const float* x;
  const float* prediction;
  float* next;
};

Row row_of(const StepArrays& arrays, std::int64_t child) {
  const std::int64_t parent = child / arrays.branch;
  return {.x = arrays.x + parent * arrays.dimensions,
          .prediction = arrays.prediction + parent * arrays.dimensions,
          .next = arrays.next + child * arrays.dimensions};
}

}  // namespace

void fused_step_cpu(const AffineStep& step, const StepArrays& arrays, std::int64_t first,
                    std::int64_t last) {
  const StepFactors factors = step_factors(step, arrays.dimensions);
  for (std::int64_t child = first; child < last; ++child) {
    const Row row = row_of(arrays, child);
    if (step.std == 0) {
      for (std::int64_t at = 0; at < arrays.dimensions; ++at)
        row.next[at] = step_mean(factors, row.x[at], row.prediction[at]);
      continue;
    }
    double squares = 0;
    for (std::int64_t block = 0; block < step_blocks(arrays.dimensions); ++block)
      squares += step_block(factors, arrays.counters[child], static_cast<std::uint32_t>(block),
                            arrays.dimensions, row.x, row.prediction, row.next);
    arrays.log_probs[child] = factors.on_sum * squares + factors.log_constant;
  }
}

}  // namespace treegrpo
