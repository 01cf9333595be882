// `treegrpo train`: one run of a config, told line by line.
#include <string>

#include "cli/command.h"
#include "cli/config_options.h"
#include "cli/interrupt.h"
#include "cli/open_workbench.h"
#include "cli/run_output.h"

namespace treegrpo::cli {
namespace {

struct Options {
  ConfigOptions config;
  std::string store;
  bool json = false;
};

void declare(CLI::App& command, Options& options) {
  add_config_file(command, options.config);
  add_store_option(command, options.store);
  add_run_options(command, options.config);
  command.add_option("--iterations", options.config.iterations,
                     "Iterations in total (run.iterations)");
  add_sets(command, options.config);
  command.add_flag("--json", options.json, "Events as one JSON object a line");
  command.footer(
      "Examples:\n"
      "  treegrpo train experiments/tiny/treegrpo.toml\n"
      "  treegrpo train experiments/tiny/treegrpo.toml --name w4 --set method.window=4 \\\n"
      "      --set optimizer.learning_rate=1e-4 --iterations 50 --json\n"
      "Ctrl+C ends the run at the next safe point with a checkpoint; once more ends it at once.");
}

int work(const Options& options) {
  const RunConfig config = config_of(options.config);
  Workbench workbench = open_workbench(options.store);
  RunControl control;
  const StopOnSignal stop(control);
  RunOutput output(options.json ? OutputForm::json : OutputForm::text, config.run.iterations,
                   control);
  const auto listener = [&](RunId run, const Event& event) { output.tell(run, event); };
  const TrainResult result =
      with_places(options.config, [&] { return workbench.train(config, control, listener); });
  return output.end(result, workbench);
}

}  // namespace

void add_train(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "train", "Trains a model by reinforcement learning", declare,
                       work);
}

}  // namespace treegrpo::cli
