// How much memory tensors take while something is done, as the allocators of CPU and GPU count it.
#pragma once

#include <cstdint>
#include <functional>

namespace treegrpo {

// The most bytes at once beyond what there was before. Counts what this thread and those that
// autograd runs for it allocate; not scratch memory inside of kernels.
std::int64_t peak_bytes(const std::function<void()>& work);

}  // namespace treegrpo
