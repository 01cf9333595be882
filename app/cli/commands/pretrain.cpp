// `treegrpo pretrain`: makes the bundled model from nothing.
#include <fmt/format.h>

#include <string>

#include "base/error.h"
#include "base/paths.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/open_workbench.h"
#include "cli/terminal.h"

namespace treegrpo::cli {
namespace {

struct Options {
  std::string config;
  std::string out;
};

void declare(CLI::App& command, Options& options) {
  command.add_option("CONFIG", options.config, "Config file, experiments/tiny/pretrain.toml")
      ->required();
  command.add_option("--out", options.out, "Model file to write (safetensors)")->required();
  command.footer(
      "Example:\n  treegrpo pretrain experiments/tiny/pretrain.toml --out tiny.safetensors\n"
      "Stopped by Ctrl+C, it goes on where it was when the same command is given again.");
}

int work(const Options& options) {
  Workbench workbench = open_workbench({});
  RunControl control;
  // States and models are written whole or not at all.
  const StopOnSignal stop(control, SecondSignal::ends_the_process);
  ProgressLine line;
  workbench.pretrain(
      {.config = options.config, .out = options.out},
      [&](const Progress& progress) {
        line.show(fmt::format("{:5.1f} %  {}", 100 * progress.fraction, progress.what));
      },
      control);
  line.clear();
  if (StopOnSignal::was_interrupted()) {
    note("stopped; the same command goes on from here");
    return exit_interrupted;
  }
  fmt::print("{}\n", options.out);
  return exit_done;
}

}  // namespace

void add_pretrain(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "pretrain", "Trains the bundled model from nothing", declare,
                       work);
}

}  // namespace treegrpo::cli
