#include "train/engine_guard.h"

namespace treegrpo {

Error memory_error(const std::string& what) {
  return Error(what +
                   " is too small for this run: fewer prompts (prompts.per_iteration), a "
                   "smaller sampler.micro_batch, or fewer leaves need less",
               ErrorKind::memory);
}

Error error_of(const c10::Error& error) {
  const std::string text = error.what_without_backtrace();
  if (dynamic_cast<const c10::OutOfMemoryError*>(&error) != nullptr)
    return memory_error("the memory of the device");
  if (text.find("DefaultCPUAllocator") != std::string::npos)
    return memory_error("the memory of this machine");
  return Error("LibTorch failed: " + text.substr(0, text.find('\n')));
}

}  // namespace treegrpo
