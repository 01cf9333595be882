// `treegrpo purge`: removes runs in the trash for good.
#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <vector>

#include "base/byte_size.h"
#include "cli/command.h"
#include "cli/json_output.h"
#include "cli/open_workbench.h"

namespace treegrpo::cli {
namespace {

struct Options {
  std::vector<std::string> runs;
  std::string store;
  bool json = false;
};

void declare(CLI::App& command, Options& options) {
  command.add_option("RUN", options.runs,
                     "Ids or names of runs in the trash (default: all that are there)");
  add_store_option(command, options.store);
  command.add_flag("--json", options.json, "One JSON object a run: run, name, bytes freed");
  command.footer(
      "Asks nothing, and nothing brings a purged run back: its trees, pictures, notes and\n"
      "checkpoints are removed, and the store becomes smaller.\n"
      "Examples:\n  treegrpo purge\n  treegrpo purge 3 w4");
}

int work(const Options& options) {
  Workbench workbench = open_workbench(options.store);
  std::vector<RunSummary> runs;
  for (const std::string& run : options.runs) runs.push_back(workbench.find_trashed_run(run));
  if (options.runs.empty()) runs = workbench.trashed_runs();
  std::int64_t total = 0;
  for (const RunSummary& run : runs) {
    const std::int64_t bytes = workbench.purge_run(run.run);
    total += bytes;
    if (options.json)
      print_line({{"run", run.run.value}, {"name", run.name}, {"bytes", bytes}});
    else
      fmt::print("run {} (id {}) is gone\n", run.name, run.run.value);
  }
  if (options.json) return exit_done;
  if (runs.empty())
    fmt::print("the trash is empty\n");
  else
    fmt::print("{} freed\n", byte_size_text(total));
  return exit_done;
}

}  // namespace

void add_purge(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "purge", "Removes runs in the trash for good", declare, work);
}

}  // namespace treegrpo::cli
