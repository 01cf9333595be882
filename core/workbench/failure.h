// Whatever was thrown, as the one kind of error a user is told.
#pragma once

#include "base/error.h"

namespace treegrpo {

// Called in a catch block: the Error being handled, or a sentence about any other exception.
// Running out of memory, here or in LibTorch, is of kind memory.
Error current_failure();

}  // namespace treegrpo
