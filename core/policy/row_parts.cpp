#include "policy/row_parts.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <vector>

#ifndef _OPENMP
#error "at::parallel_for needs treegrpo_parallel_source() in CMakeLists.txt"
#endif

namespace treegrpo {
namespace {

constexpr std::int64_t least_rows = 4;  // of a part: fewer are not worth a thread

}  // namespace

at::Tensor by_row_parts(
    std::int64_t rows,
    const std::function<at::Tensor(std::int64_t first, std::int64_t count)>& part) {
  const c10::NoGradGuard no_grad;
  const std::int64_t count = std::min<std::int64_t>(at::get_num_threads(), rows / least_rows);
  if (count < 2 || at::in_parallel_region()) return part(0, rows);
  std::vector<at::Tensor> results(static_cast<std::size_t>(count));
  at::parallel_for(0, count, 1, [&](std::int64_t begin, std::int64_t end) {
    const c10::NoGradGuard no_grad_in_this_thread;
    for (std::int64_t i = begin; i < end; ++i) {
      const std::int64_t first = rows * i / count;
      results[static_cast<std::size_t>(i)] = part(first, rows * (i + 1) / count - first);
    }
  });
  return at::cat(results);
}

}  // namespace treegrpo
