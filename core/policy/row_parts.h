// Predictions without gradient, spread over the threads by rows: each thread takes a part of the
// batch through the whole network. Threads then meet once a prediction and not once an operation,
// of which a small network has hundreds.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>

namespace treegrpo {

// `part(first, count)` gives the result of rows first … first+count−1, [count, …]; the results are
// joined in order. It is called once for each of at most as many parts as there are compute
// threads, from several of them at once, without gradient; for all rows at once where the batch is
// too small to be spread, or a thread of a parallel loop asks. The parts depend on the number of
// rows and of threads alone.
at::Tensor by_row_parts(
    std::int64_t rows,
    const std::function<at::Tensor(std::int64_t first, std::int64_t count)>& part);

}  // namespace treegrpo
