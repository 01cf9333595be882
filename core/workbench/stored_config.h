// A run's config as it was at one of its iterations.
#pragma once

#include <cstdint>
#include <string>

#include "record/run_config.h"
#include "store/run_reader.h"

namespace treegrpo {

// The stored config plus the changes made up to that iteration. Throws Error.
RunConfig config_at(RunReader& reader, RunId run, std::int32_t iteration);

}  // namespace treegrpo
