// `treegrpo resume`: goes on with a run that was stopped, killed or is to become longer.
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/open_workbench.h"
#include "cli/run_output.h"

namespace treegrpo::cli {
namespace {

struct Options {
  std::string run;
  std::string store;
  std::optional<std::int32_t> iterations;
  std::optional<std::int32_t> checkpoint;
  bool json = false;
};

void declare(CLI::App& command, Options& options) {
  constexpr std::int32_t most = std::numeric_limits<std::int32_t>::max();
  command.add_option("RUN", options.run, "Id or name of a run")->required();
  command
      .add_option("--iterations", options.iterations,
                  "Iterations in total, those before included (default: as planned)")
      ->check(CLI::Range(1, most));
  command
      .add_option("--checkpoint", options.checkpoint,
                  "Checkpoint to go on from: iterations done (default: the last); 0: begin anew")
      ->check(CLI::Range(0, most));
  add_store_option(command, options.store);
  command.add_flag("--json", options.json, "Events as one JSON object a line");
  command.footer(
      "Examples:\n  treegrpo resume 1\n  treegrpo resume demo-1 --iterations 300 --json\n"
      "It runs with the config that the run was made with. Iterations after the checkpoint are run "
      "again\nand come out the same.");
}

int work(const Options& options) {
  Workbench workbench = open_workbench(options.store);
  const RunSummary run = workbench.find_run(options.run);
  RunControl control;
  const StopOnSignal stop(control);
  RunOutput output(options.json ? OutputForm::json : OutputForm::text,
                   options.iterations.value_or(run.iterations_planned), control);
  const TrainResult result = workbench.resume(
      {.run = run.run, .iterations = options.iterations, .checkpoint = options.checkpoint}, control,
      [&](RunId id, const Event& event) { output.tell(id, event); });
  return output.end(result, workbench);
}

}  // namespace

void add_resume(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "resume", "Goes on with a run, as if it had never stopped",
                       declare, work);
}

}  // namespace treegrpo::cli
