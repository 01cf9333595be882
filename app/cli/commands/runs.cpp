// `treegrpo runs`: what is in a store.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/json_output.h"
#include "cli/open_workbench.h"

namespace treegrpo::cli {
namespace {

struct Options {
  std::string store;
  std::optional<std::string> tag;
  std::optional<std::string> filter;
  std::vector<std::string> group_by;
  bool trash = false;
  bool json = false;
};

void declare(CLI::App& command, Options& options) {
  add_store_option(command, options.store);
  command.add_option("--tag", options.tag, "Only runs with that tag");
  command.add_option(
      "--filter", options.filter,
      "Only runs for which this holds: names are columns of the list, config keys and "
      "metrics (their last values), tags are tag(\"x\")");
  command
      .add_option("--group-by", options.group_by,
                  "Runs that differ in nothing but these keys and their names stand together")
      ->delimiter(',');
  command.add_flag("--trash", options.trash, "The runs that were deleted");
  command.add_flag("--json", options.json, "One JSON object a line");
  command.footer(
      "Examples:\n  treegrpo runs\n  treegrpo runs --store lab.tgws --json\n"
      "  treegrpo runs --tag paper\n  treegrpo runs --trash\n"
      "  treegrpo runs --filter 'method == \"treegrpo\" and reward.scene > 0.6' --group-by seed");
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

void keep_filtered(std::vector<RunSummary>& runs, const std::vector<LibraryRun>& library,
                   const std::string& text) {
  std::vector<FilterRow> rows;
  for (const LibraryRun& run : library) rows.push_back(filter_row(run));
  FilterNames names;
  for (const FilterRow& row : rows) names.add(row);
  const Filter filter(text, names.list());
  std::vector<RunSummary> kept;
  for (std::size_t at = 0; at < rows.size(); ++at)
    if (filter.matches(rows[at])) kept.push_back(library[at].summary);
  runs = std::move(kept);
}

// The runs of each group; all in one where none is asked for.
std::vector<std::vector<RunSummary>> grouped(Workbench& workbench,
                                             const std::vector<RunSummary>& runs,
                                             const std::vector<std::string>& keys) {
  if (keys.empty()) return {runs};
  Grouping grouping{.keys = {}};
  for (const std::string& key : keys) grouping.keys.push_back(full_config_key(key));
  const std::vector<LibraryRun> library = workbench.library(runs);
  std::vector<const RunParameters*> parameters;
  for (const LibraryRun& run : library) parameters.push_back(run.parameters.get());
  std::vector<std::vector<RunSummary>> groups;
  for (const std::vector<std::size_t>& members : group_runs(parameters, grouping)) {
    groups.emplace_back();
    for (const std::size_t run : members) groups.back().push_back(runs[run]);
  }
  return groups;
}

int work(const Options& options) {
  Workbench workbench = open_workbench(options.store);
  std::vector<RunSummary> runs = options.trash ? workbench.trashed_runs() : workbench.runs();
  if (options.tag)
    std::erase_if(runs, [&](const RunSummary& run) {
      return std::find(run.tags.begin(), run.tags.end(), *options.tag) == run.tags.end();
    });
  if (options.filter) keep_filtered(runs, workbench.library(runs), *options.filter);
  const auto groups = grouped(workbench, runs, options.group_by);
  for (std::size_t group = 0; group < groups.size(); ++group) {
    const std::string letter = options.group_by.empty() ? "" : group_letter(group);
    if (!options.json && !letter.empty())
      fmt::print("{}{} (n = {})\n", group > 0 ? "\n" : "", letter, groups[group].size());
    if (!options.json) print_table(groups[group], options.trash);
    if (!options.json) continue;
    for (const RunSummary& run : groups[group]) {
      Json object = run_json(run);
      if (!letter.empty()) object["group"] = letter;
      print_line(object);
    }
  }
  return exit_done;
}

}  // namespace

void add_runs(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "runs", "Lists the runs of a store", declare, work);
}

}  // namespace treegrpo::cli
