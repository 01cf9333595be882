// The border of the engine: whatever LibTorch or the standard library throws leaves as an Error.
#pragma once

#include <c10/util/Exception.h>

#include <new>
#include <string>

#include "base/error.h"

namespace treegrpo {

// What to do about running out of memory.
Error memory_error(const std::string& what);

// A LibTorch error on one line: without backtrace, of kind memory where it is that.
Error error_of(const c10::Error& error);

// Calls work() and returns what it returns. Throws Error and nothing else.
template <class Work>
auto guarded(const Work& work) {
  try {
    return work();
  } catch (const Error&) {
    throw;
  } catch (const c10::Error& error) {
    throw error_of(error);
  } catch (const std::bad_alloc&) {
    throw memory_error("the memory of this machine");
  } catch (const std::exception& error) {
    throw Error(std::string("the engine failed: ") + error.what());
  }
}

}  // namespace treegrpo
