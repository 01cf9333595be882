// Work of many like parts, spread over the cores: pictures of an iteration.
#pragma once

#include <cstddef>
#include <functional>

namespace treegrpo {

// Calls work(0) … work(count − 1), each once, from so many threads (the caller's among them; 0: one
// a core, as thread_count), and returns when all are done. Calls must not touch one another's data.
// If some throw, the rest still run and one of the exceptions arrives here.
void in_parallel(std::size_t count, int threads, const std::function<void(std::size_t)>& work);

}  // namespace treegrpo
