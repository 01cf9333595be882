// A run's config as it was made, and as it was at one of its iterations.
#pragma once

#include <cstdint>
#include <string>

#include "record/run_config.h"
#include "store/run_reader.h"

namespace treegrpo {

// What an error calls that config.
std::string config_name(RunId run);

// As the run was made. Throws Error.
RunConfig stored_config(RunReader& reader, RunId run);

// The stored config plus the changes made up to that iteration. Throws Error.
RunConfig config_at(RunReader& reader, RunId run, std::int32_t iteration);

}  // namespace treegrpo
