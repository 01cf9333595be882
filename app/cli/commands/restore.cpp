// `treegrpo restore`: takes a run out of the trash.
#include <fmt/format.h>

#include <optional>
#include <string>

#include "cli/command.h"
#include "cli/json_output.h"
#include "cli/open_workbench.h"

namespace treegrpo::cli {
namespace {

struct Options {
  std::string run;
  std::optional<std::string> name;
  std::string store;
  bool json = false;
};

void declare(CLI::App& command, Options& options) {
  command.add_option("RUN", options.run, "Id or name of a run in the trash")->required();
  command.add_option("--name", options.name, "Another name, where its own is taken by now");
  add_store_option(command, options.store);
  command.add_flag("--json", options.json, "The run as one JSON object, as `runs` prints it");
  command.footer("Examples:\n  treegrpo restore 3\n  treegrpo restore w4 --name w4-first");
}

int work(const Options& options) {
  Workbench workbench = open_workbench(options.store);
  const RunSummary trashed = workbench.find_trashed_run(options.run);
  workbench.restore_run(trashed.run, options.name);
  const RunSummary run = workbench.find_run(std::to_string(trashed.run.value));
  if (options.json)
    print_line(run_json(run));
  else
    fmt::print("run {} (id {}) is back\n", run.name, run.run.value);
  return exit_done;
}

}  // namespace

void add_restore(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "restore", "Takes a run out of the trash", declare, work);
}

}  // namespace treegrpo::cli
