// `treegrpo runs`: what is in a store.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

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

void print_table(const std::vector<RunSummary>& runs) {
  std::size_t name = 20;  // widths of the columns that users fill
  std::size_t seed = 4;
  for (const RunSummary& run : runs) {
    name = std::max(name, run.name.size());
    seed = std::max(seed, std::to_string(run.seed).size());
  }
  fmt::print("{:>4}  {:<{}}  {:<10}  {:<11}  {:>10}  {:>{}}  {}\n", "run", "name", name, "method",
             "status", "iterations", "seed", seed, "created");
  for (const RunSummary& run : runs) {
    fmt::print("{:>4}  {:<{}}  {:<10}  {:<11}  {:>10}  {:>{}}  {}\n", run.run.value, run.name, name,
               run.method, run_status_name(run.status), run.iterations, run.seed, seed,
               run.created);
    if (!run.failure.empty()) fmt::print("      {}\n", run.failure);
  }
}

int work(const Options& options) {
  Workbench workbench = open_workbench(options.store);
  const auto runs = workbench.runs();
  if (options.json) {
    for (const RunSummary& run : runs) print_line(run_json(run));
    return exit_done;
  }
  print_table(runs);
  return exit_done;
}

}  // namespace

void add_runs(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "runs", "Lists the runs of a store", declare, work);
}

}  // namespace treegrpo::cli
