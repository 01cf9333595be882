// `treegrpo runs`: what is in a store.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/json_output.h"
#include "cli/open_workbench.h"

namespace treegrpo::cli {
namespace {

struct Options {
  std::string store;
  std::optional<std::string> tag;
  bool trash = false;
  bool json = false;
};

void declare(CLI::App& command, Options& options) {
  add_store_option(command, options.store);
  command.add_option("--tag", options.tag, "Only runs with that tag");
  command.add_flag("--trash", options.trash, "The runs that were deleted");
  command.add_flag("--json", options.json, "One JSON object a line");
  command.footer(
      "Examples:\n  treegrpo runs\n  treegrpo runs --store lab.tgws --json\n"
      "  treegrpo runs --tag paper\n  treegrpo runs --trash");
}

// "  paper,good", or nothing.
std::string tags_text(const RunSummary& run) {
  std::string text;
  for (const std::string& tag : run.tags) text.append(text.empty() ? "  " : ",").append(tag);
  return text;
}

void print_table(const std::vector<RunSummary>& runs, bool trash) {
  std::size_t name = 20;  // widths of the columns that users fill
  std::size_t seed = 4;
  for (const RunSummary& run : runs) {
    name = std::max(name, run.name.size());
    seed = std::max(seed, std::to_string(run.seed).size());
  }
  fmt::print("{:>4}  {:<{}}  {:<10}  {:<11}  {:>10}  {:>{}}  {:<20}  {}\n", "run", "name", name,
             "method", "status", "iterations", "seed", seed, trash ? "deleted" : "created", "tags");
  for (const RunSummary& run : runs) {
    fmt::print("{:>4}  {:<{}}  {:<10}  {:<11}  {:>10}  {:>{}}  {:<20}{}\n", run.run.value, run.name,
               name, run.method, run_status_name(run.status), run.iterations, run.seed, seed,
               trash ? run.deleted : run.created, tags_text(run));
    if (!run.failure.empty()) fmt::print("      {}\n", run.failure);
  }
}

int work(const Options& options) {
  Workbench workbench = open_workbench(options.store);
  std::vector<RunSummary> runs = options.trash ? workbench.trashed_runs() : workbench.runs();
  if (options.tag)
    std::erase_if(runs, [&](const RunSummary& run) {
      return std::find(run.tags.begin(), run.tags.end(), *options.tag) == run.tags.end();
    });
  if (!options.json) print_table(runs, options.trash);
  if (options.json)
    for (const RunSummary& run : runs) print_line(run_json(run));
  return exit_done;
}

}  // namespace

void add_runs(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "runs", "Lists the runs of a store", declare, work);
}

}  // namespace treegrpo::cli
