// `treegrpo export-model`: the weights of a run's checkpoint as a model file of its own.
#include <fmt/format.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/error.h"
#include "cli/command.h"
#include "cli/json_output.h"
#include "cli/open_workbench.h"

namespace treegrpo::cli {
namespace {

struct Options {
  std::string run;
  std::string store;
  std::optional<std::int32_t> checkpoint;
  std::string out;
  bool force = false;
  bool json = false;
};

void declare(CLI::App& command, Options& options) {
  command.add_option("RUN", options.run, "Id or name of a run")->required();
  add_store_option(command, options.store);
  command.add_option("--checkpoint", options.checkpoint,
                     "Checkpoint of the run: iterations done (default: the last)");
  command.add_option("--out", options.out, "Model file to write (safetensors)")->required();
  command.add_flag("--force", options.force, "Replaces the file if it is there");
  command.add_flag("--json", options.json, "One JSON object");
  command.footer(
      "The file is the run's model with the weights of the checkpoint, their running mean where\n"
      "the run keeps one (ema.decay); its metadata name the run and hold its config.\n"
      "Examples:\n  treegrpo export-model demo-1 --out demo-1.safetensors\n"
      "  treegrpo train my.toml --set model.path=demo-1.safetensors");
}

int work(const Options& options) {
  if (!options.force && std::filesystem::exists(options.out))
    throw Error("'" + options.out +
                "' is there already: name another file with --out, or replace it with --force");
  Workbench workbench = open_workbench(options.store);
  const RunSummary run = workbench.find_run(options.run);
  const WeightsOrigin weights = workbench.export_model(run.run, options.checkpoint, options.out);
  const auto bytes = static_cast<std::int64_t>(std::filesystem::file_size(options.out));
  if (options.json)
    print_line({{"run", run.run.value},
                {"iterations", weights.iterations},
                {"averaged", weights.averaged},
                {"file", options.out},
                {"bytes", bytes}});
  else
    fmt::print("Model of '{}' after {} iterations{} written to '{}'\n", run.name,
               weights.iterations, weights.averaged ? ", averaged" : "", options.out);
  return exit_done;
}

}  // namespace

void add_export_model(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "export-model",
                       "Writes the weights of a run's checkpoint as a model file", declare, work);
}

}  // namespace treegrpo::cli
