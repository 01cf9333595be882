// `treegrpo rename`: gives a run another name.
#include <fmt/format.h>

#include <string>

#include "cli/command.h"
#include "cli/json_output.h"
#include "cli/open_workbench.h"

namespace treegrpo::cli {
namespace {

struct Options {
  std::string run;
  std::string name;
  std::string store;
  bool json = false;
};

void declare(CLI::App& command, Options& options) {
  command.add_option("RUN", options.run, "Id or name of a run")->required();
  command.add_option("NAME", options.name, "Its new name, unique in the store")->required();
  add_store_option(command, options.store);
  command.add_flag("--json", options.json, "The run as one JSON object, as `runs` prints it");
  command.footer("Example:\n  treegrpo rename treegrpo-s1-1 baseline");
}

int work(const Options& options) {
  Workbench workbench = open_workbench(options.store);
  const RunSummary run = workbench.find_run(options.run);
  workbench.rename_run(run.run, options.name);
  if (options.json)
    print_line(run_json(workbench.find_run(options.name)));
  else
    fmt::print("run {} is named {} now; it was {}\n", run.run.value, options.name, run.name);
  return exit_done;
}

}  // namespace

void add_rename(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "rename", "Gives a run another name", declare, work);
}

}  // namespace treegrpo::cli
