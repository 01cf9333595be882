// The files that a config names, so that they are found from anywhere and after a resume too.
#pragma once

#include <filesystem>

#include "record/run_config.h"

namespace treegrpo {

// config.model.path as a file that can be opened from anywhere: empty names the bundled model.
// Throws Error if that is not to be found.
std::filesystem::path model_path(const RunConfig& config);

// With absolute paths of model and prompt files. The bundled model stays unnamed: it is found again
// wherever the program is moved to.
RunConfig with_absolute_paths(RunConfig config);

}  // namespace treegrpo
