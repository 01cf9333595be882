// `treegrpo figures`: the figures that are kept with a run.
#include <fmt/format.h>

#include <string>

#include "cli/command.h"
#include "cli/json_output.h"
#include "cli/open_workbench.h"
#include "cli/terminal.h"

namespace treegrpo::cli {
namespace {

struct Options {
  std::string run;
  std::string store;
  bool json = false;
};

void declare(CLI::App& command, Options& options) {
  command.add_option("RUN", options.run, "Id or name of a run")->required();
  add_store_option(command, options.store);
  command.add_flag("--json", options.json, "One JSON object a figure, with its recipe");
  command.footer(
      "A figure is a recipe; the window keeps it with the first run that it shows ('Save with\n"
      "run' of 'Export figure'). By name it is drawn without a window:\n"
      "  treegrpo-studio --export-figure demo-1/fig2 --out fig2.pdf\n"
      "Examples:\n  treegrpo figures demo-1\n  treegrpo figures demo-1 --json");
}

int work(const Options& options) {
  Workbench workbench = open_workbench(options.store);
  const RunSummary run = workbench.find_run(options.run);
  const std::vector<StoredFigure> figures = workbench.figures(run.run);
  for (const StoredFigure& figure : figures) {
    if (options.json)
      print_line(figure_json(figure));
    else
      fmt::print("{}  {}\n", figure.created, figure.name);
  }
  if (figures.empty() && !options.json) note("run '" + run.name + "' has no figures");
  return exit_done;
}

}  // namespace

void add_figures(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "figures", "Lists the figures that are kept with a run",
                       declare, work);
}

}  // namespace treegrpo::cli
