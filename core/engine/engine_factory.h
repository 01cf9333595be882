// The C door of the engine module: what engine_loader looks up in it, and engine_module defines.
#pragma once

#include "engine/engine.h"

namespace treegrpo {

// Raised when Engine or a type it speaks changes, so that a module of another build is refused
// instead of crashing.
inline constexpr int engine_interface_version = 7;

inline constexpr const char* engine_version_symbol = "treegrpo_engine_interface_version";
inline constexpr const char* engine_create_symbol = "treegrpo_engine_create";

using EngineVersionFunction = int (*)();
using EngineCreateFunction = Engine* (*)();  // the caller owns it; throws Error

}  // namespace treegrpo
