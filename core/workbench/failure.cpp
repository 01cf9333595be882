#include "workbench/failure.h"

#include <exception>
#include <new>
#include <string>

namespace treegrpo {
namespace {

// LibTorch says it in its message alone.
bool tells_of_memory(const std::string& message) {
  return message.find("out of memory") != std::string::npos ||
         message.find("can't allocate memory") != std::string::npos;
}

std::string first_line(const std::string& message) { return message.substr(0, message.find('\n')); }

Error out_of_memory() {
  return Error(
      "out of memory; take fewer prompts an iteration (prompts.per_iteration) or smaller batches "
      "(sampler.micro_batch)",
      ErrorKind::memory);
}

}  // namespace

Error current_failure() {
  try {
    throw;
  } catch (const Error& error) {
    return error;
  } catch (const std::bad_alloc&) {
    return out_of_memory();
  } catch (const std::exception& exception) {
    if (tells_of_memory(exception.what())) return out_of_memory();
    return Error(first_line(exception.what()));
  } catch (...) {
    return Error("something that is no error message was thrown");
  }
}

}  // namespace treegrpo
