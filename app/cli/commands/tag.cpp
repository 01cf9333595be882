// `treegrpo tag`: words by which a user finds runs again.
#include <fmt/format.h>

#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "cli/command.h"
#include "cli/json_output.h"
#include "cli/open_workbench.h"

namespace treegrpo::cli {
namespace {

struct Options {
  std::string run;
  std::vector<std::string> added;
  std::vector<std::string> removed;
  std::string store;
  bool json = false;
};

void declare(CLI::App& command, Options& options) {
  command.add_option("RUN", options.run, "Id or name of a run (default: lists the tags of all)");
  command.add_option("TAG", options.added, "Tags to add, +TAG or TAG");
  command.add_option("--remove", options.removed, "A tag to remove; may be given again")
      ->allow_extra_args(false);
  add_store_option(command, options.store);
  command.add_flag("--json", options.json,
                   "With RUN the run as one JSON object, as `runs` prints it; else one a tag");
  command.footer(
      "Examples:\n  treegrpo tag demo-1 +paper +good     adds two\n"
      "  treegrpo tag demo-1 --remove good    removes one\n"
      "  treegrpo tag demo-1                  those of a run\n"
      "  treegrpo tag                         all, with their runs\n"
      "  treegrpo runs --tag paper            the runs of one");
}

std::string without_plus(const std::string& tag) {
  return tag.starts_with('+') ? tag.substr(1) : tag;
}

std::string joined(const std::vector<std::string>& tags) {
  std::string text;
  for (const std::string& tag : tags) text.append(text.empty() ? "" : ", ").append(tag);
  return text;
}

int list_all(Workbench& workbench, bool json) {
  std::map<std::string, std::vector<RunSummary>> runs_by_tag;
  for (const RunSummary& run : workbench.runs())
    for (const std::string& tag : run.tags) runs_by_tag[tag].push_back(run);
  for (const auto& [tag, runs] : runs_by_tag) {
    Json ids = Json::array();
    std::vector<std::string> names;
    for (const RunSummary& run : runs) {
      ids.push_back(run.run.value);
      names.push_back(run.name);
    }
    if (json)
      print_line({{"tag", tag}, {"runs", ids}});
    else
      fmt::print("{}: {}\n", tag, joined(names));
  }
  if (!json && runs_by_tag.empty()) fmt::print("no run has a tag\n");
  return exit_done;
}

int work(const Options& options) {
  if (options.run.empty() && !options.removed.empty())
    throw Error("--remove needs the RUN whose tags are to go", ErrorKind::usage);
  Workbench workbench = open_workbench(options.store);
  if (options.run.empty()) return list_all(workbench, options.json);

  const RunId run = workbench.find_run(options.run).run;
  std::vector<std::string> added;
  for (const std::string& tag : options.added) added.push_back(without_plus(tag));
  if (!options.removed.empty()) workbench.remove_tags(run, options.removed);
  if (!added.empty()) workbench.add_tags(run, added);

  const RunSummary now = workbench.find_run(std::to_string(run.value));
  if (options.json)
    print_line(run_json(now));
  else
    fmt::print("{}: {}\n", now.name, now.tags.empty() ? "no tags" : joined(now.tags));
  return exit_done;
}

}  // namespace

void add_tag(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "tag", "Adds, removes and lists tags of runs", declare, work);
}

}  // namespace treegrpo::cli
