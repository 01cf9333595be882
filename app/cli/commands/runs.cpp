// `treegrpo runs`: what is in a store.
#include <fmt/format.h>

#include <cstdio>

#include "cli/command.h"
#include "cli/json_output.h"
#include "cli/open_workbench.h"

namespace treegrpo::cli {
namespace {

struct Options {
  std::string store;
  bool json = false;
};

void declare(CLI::App& command, Options& options) {
  add_store_option(command, options.store);
  command.add_flag("--json", options.json, "One JSON object a line");
  command.footer("Examples:\n  treegrpo runs\n  treegrpo runs --store lab.tgws --json");
}

int work(const Options& options) {
  Workbench workbench = open_workbench(options.store);
  const auto runs = workbench.runs();
  if (options.json) {
    for (const RunSummary& run : runs) print_line(run_json(run));
    return exit_done;
  }
  fmt::print("{:>4}  {:<24}{:<12}{:<12}{:>10}  {:>6}  {}\n", "run", "name", "method", "status",
             "iterations", "seed", "created");
  for (const RunSummary& run : runs) {
    fmt::print("{:>4}  {:<24}{:<12}{:<12}{:>10}  {:>6}  {}\n", run.run.value, run.name, run.method,
               run_status_name(run.status), run.iterations, run.seed, run.created);
    if (!run.failure.empty()) fmt::print("      {}\n", run.failure);
  }
  return exit_done;
}

}  // namespace

void add_runs(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "runs", "Lists the runs of a store", declare, work);
}

}  // namespace treegrpo::cli
