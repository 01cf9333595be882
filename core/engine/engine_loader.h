// Finds LibTorch, checks that it is the version the engine was built with, and opens the engine
// module. Everything that can go wrong is a sentence instead of a loader's message.
#pragma once

#include <memory>

#include "engine/engine.h"

namespace treegrpo {

// Keeps the module open as long as the engine lives.
// Throws Error if the module or LibTorch is missing, unreadable or of another version.
std::shared_ptr<Engine> load_engine();

}  // namespace treegrpo
