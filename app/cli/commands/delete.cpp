// `treegrpo delete`: puts runs into the trash.
#include <fmt/format.h>

#include <string>
#include <vector>

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
  command.add_option("RUN", options.runs, "Ids or names of runs")->required();
  add_store_option(command, options.store);
  command.add_flag("--json", options.json, "Each run as one JSON object, as `runs` prints it");
  command.footer(
      "Nothing is lost: `treegrpo restore` brings a run back, `treegrpo runs --trash` lists what\n"
      "is there, `treegrpo purge` removes it for good. A run that is being trained must be "
      "stopped\n"
      "first. The name of a deleted run may be given to another.\n"
      "Examples:\n  treegrpo delete w4\n  treegrpo delete 3 5 8");
}

int work(const Options& options) {
  Workbench workbench = open_workbench(options.store);
  std::vector<RunSummary> runs;
  for (const std::string& run : options.runs) runs.push_back(workbench.find_run(run));
  for (const RunSummary& run : runs) {
    workbench.delete_run(run.run);
    const std::string id = std::to_string(run.run.value);
    if (options.json)
      print_line(run_json(workbench.find_trashed_run(id)));
    else
      fmt::print("run {} (id {}) is in the trash; 'treegrpo restore {}' brings it back\n", run.name,
                 id, id);
  }
  return exit_done;
}

}  // namespace

void add_delete(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "delete", "Puts runs into the trash", declare, work);
}

}  // namespace treegrpo::cli
