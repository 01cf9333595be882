#include "cli/open_workbench.h"

#include "base/error.h"
#include "cli/command.h"
#include "engine/engine_loader.h"

namespace treegrpo::cli {

Workbench open_workbench(const std::string& store) { return {store_path(store), load_engine}; }

std::int32_t iteration_or_last(const RunSummary& run, std::optional<std::int32_t> iteration) {
  if (iteration) return *iteration;
  if (run.iterations == 0) throw Error("run '" + run.name + "' has finished no iteration yet");
  return run.iterations - 1;
}

}  // namespace treegrpo::cli
