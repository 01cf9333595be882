// `treegrpo import`: copies runs of another store into this one.
#include <fmt/format.h>

#include <string>
#include <vector>

#include "base/error.h"
#include "cli/command.h"
#include "cli/json_output.h"
#include "cli/open_workbench.h"

namespace treegrpo::cli {
namespace {

struct Options {
  std::string source;
  std::vector<std::string> runs;
  std::string store;
  bool json = false;
};

void declare(CLI::App& command, Options& options) {
  command.add_option("FILE", options.source, "Store to take runs from (.tgws)")->required();
  command.add_option("RUN", options.runs, "Ids or names of runs there (default: all)");
  add_store_option(command, options.store);
  command.add_flag("--json", options.json, "Each run as one JSON object, as `runs` prints it");
  command.footer(
      "Runs come with trees, pictures, tags, notes, figures and checkpoints, each whole or not at\n"
      "all; FILE stays as it is. A name that is taken here gets a number behind it.\n"
      "Examples:\n  treegrpo import laptop.tgws\n  treegrpo import laptop.tgws demo-1 7");
}

int work(const Options& options) {
  Workbench source(options.source, {});
  std::vector<RunSummary> runs;
  for (const std::string& run : options.runs) runs.push_back(source.find_run(run));
  if (options.runs.empty()) runs = source.runs();
  if (runs.empty()) throw Error("the store '" + options.source + "' holds no runs");
  Workbench workbench(store_path(options.store), {});
  std::vector<ImportedRun> all;
  for (const RunSummary& run : runs) {
    const ImportedRun imported = workbench.import_run(options.source, run.run, all);
    all.push_back(imported);
    if (options.json)
      print_line(run_json(workbench.find_run(std::to_string(imported.run.value))));
    else
      fmt::print("run {} of '{}' is '{}' (id {}) now\n", run.name, options.source, imported.name,
                 imported.run.value);
  }
  return exit_done;
}

}  // namespace

void add_import(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "import", "Copies runs of another store into this one", declare,
                       work);
}

}  // namespace treegrpo::cli
