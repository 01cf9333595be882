// `treegrpo compare`: runs side by side, grouped over their seeds.
#include <optional>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/comparison_output.h"
#include "cli/open_workbench.h"
#include "cli/terminal.h"

namespace treegrpo::cli {
namespace {

struct Options {
  std::vector<std::string> runs;
  std::string store;
  std::vector<std::string> group_by = {"run.seed"};
  std::string metric = "reward";
  std::string axis = "iteration";
  std::string band = "se";
  std::optional<double> target;
  std::optional<double> at;
  int smooth = 1;
  bool falling = false;
  bool json = false;
};

void declare(CLI::App& command, Options& options) {
  command.add_option("RUN", options.runs, "Ids or names of runs")->required();
  add_store_option(command, options.store);
  command
      .add_option("--group-by", options.group_by,
                  "Runs that differ in nothing but these keys and their names are one group "
                  "(default: seed)")
      ->delimiter(',');
  command.add_option("--metric", options.metric, "What is compared (default: reward)");
  command.add_option("--x", options.axis, "Over what: iteration, nfe, time, images")
      ->check(CLI::IsMember({"iteration", "nfe", "time", "images"}));
  command
      .add_option("--band", options.band,
                  "Standard error, sample deviation, range, or 95 % interval by bootstrap")
      ->check(CLI::IsMember({"se", "std", "range", "bootstrap"}));
  command.add_option("--target", options.target, "When the mean of a group reaches this");
  command.add_flag("--falling", options.falling, "The target is reached from above");
  command.add_option("--at", options.at, "Values at this x (default: where all of a group end)");
  command.add_option("--smooth", options.smooth, "Points of each run's running mean (default: 1)")
      ->check(CLI::Range(1, 100000));
  command.add_flag("--json", options.json, "One JSON object, curves included");
  command.footer(
      "Examples:\n  treegrpo compare a-1 a-2 b-1 b-2 --target 0.7 --x time\n"
      "  treegrpo compare 1 2 3 --metric evaluation.scene_strict --band bootstrap --json");
}

ComparisonOptions comparison_options(const Options& options) {
  ComparisonOptions asked{.metric = options.metric,
                          .axis = *axis_from_name(options.axis),
                          .band = *band_from_name(options.band),
                          .grouping = {.keys = {}},
                          .smooth = options.smooth,
                          .target = {},
                          .at = options.at};
  for (const std::string& key : options.group_by)
    asked.grouping.keys.push_back(full_config_key(key));
  if (options.target) asked.target = Target{.value = *options.target, .falling = options.falling};
  return asked;
}

int work(const Options& options) {
  Workbench workbench = open_workbench(options.store);
  const ComparisonOptions asked = comparison_options(options);
  std::vector<ComparedRun> runs;
  for (const std::string& name : options.runs)
    runs.push_back(workbench.compared_run(workbench.find_run(name)));
  const Comparison comparison = compare_runs(runs, asked);
  if (options.json)
    print_line(comparison_json(comparison, runs, asked));
  else
    print_text(comparison_text(comparison, runs, asked));
  return exit_done;
}

}  // namespace

void add_compare(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "compare", "Compares runs: means over seeds, targets, configs",
                       declare, work);
}

}  // namespace treegrpo::cli
