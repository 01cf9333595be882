#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "base/machine.h"

namespace treegrpo {

void in_parallel(std::size_t count, int threads, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  std::exception_ptr failure;
  std::mutex mutex;
  const auto take_parts = [&] {
    for (std::size_t part = next++; part < count; part = next++) try {
        work(part);
      } catch (...) {
        const std::lock_guard lock(mutex);
        failure = std::current_exception();
      }
  };
  {
    const std::size_t most = std::min(count, static_cast<std::size_t>(thread_count(threads)));
    std::vector<std::jthread> others;
    while (others.size() + 1 < most) others.emplace_back(take_parts);
    take_parts();
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace treegrpo
