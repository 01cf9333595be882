// `treegrpo probe`: the probes of a run, as a table, as JSON, as a sheet of pictures.
#include <fmt/format.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/json_output.h"
#include "cli/open_workbench.h"
#include "cli/probe_table.h"
#include "cli/terminal.h"
#include "image/codec.h"
#include "workbench/probe_sheet.h"

namespace treegrpo::cli {
namespace {

struct Options {
  std::string run;
  std::string store;
  std::string sheet;
  std::optional<std::int32_t> seed;
  bool json = false;
};

void declare(CLI::App& command, Options& options) {
  command.add_option("RUN", options.run, "Id or name of a run")->required();
  add_store_option(command, options.store);
  CLI::Option* sheet = command.add_option(
      "--sheet", options.sheet, "PNG file to write: a row a prompt and seed, a column a probe");
  command.add_option("--seed", options.seed, "On the sheet this seed alone")->needs(sheet);
  command.add_flag("--json", options.json, "One JSON object a probe, with every picture's numbers");
  command.footer(
      "Means over the pictures of a probe. KL: to the reference weights, where the run keeps them\n"
      "(objective.kl_beta above 0). Diversity: mean pairwise root-mean-square distance of a\n"
      "prompt's pictures, pixels in 0 to 1. A reward that rises while KL climbs and diversity\n"
      "falls is being hacked: look at the sheet.\n"
      "Examples:\n  treegrpo probe demo-1\n  treegrpo probe demo-1 --sheet probes.png --seed 0");
}

int work(const Options& options) {
  Workbench workbench = open_workbench(options.store);
  const RunSummary run = workbench.find_run(options.run);
  const std::vector<ProbeRecord> probes = workbench.probes(run.run);
  if (options.json)
    for (const ProbeRecord& probe : probes)
      print_line(*event_json(run.run, ProbeFinished{std::make_shared<const ProbeRecord>(probe)}));
  else if (probes.empty() && options.sheet.empty())
    note("run '" + run.name +
         "' has no probes; they are taken while it trains, unless probe.prompts is 0");
  else
    print_text(probe_table(probes));
  if (options.sheet.empty()) return exit_done;
  write_png(options.sheet,
            picture_grid(probe_sheet({.run = run.name, .probes = probes, .seed = options.seed})));
  if (!options.json) print_text(options.sheet + "\n");
  return exit_done;
}

}  // namespace

void add_probe(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "probe", "Shows the same pictures at every checkpoint of a run",
                       declare, work);
}

}  // namespace treegrpo::cli
