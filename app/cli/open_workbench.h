// The workbench that the commands use: the store that was named, the engine found beside the
// program.
#pragma once

#include <string>

#include "workbench/workbench.h"

namespace treegrpo::cli {

// store: of --store; empty for the default one.
Workbench open_workbench(const std::string& store);

// The iteration that was named, or the run's last one. Throws Error if it has none.
std::int32_t iteration_or_last(const RunSummary& run, std::optional<std::int32_t> iteration);

}  // namespace treegrpo::cli
