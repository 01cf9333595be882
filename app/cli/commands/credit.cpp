// `treegrpo credit`: a stored tree with the advantages that another credit rule gives it.
#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/config_options.h"
#include "cli/json_output.h"
#include "cli/open_workbench.h"
#include "cli/tree_text.h"

namespace treegrpo::cli {
namespace {

struct Options {
  std::string run;
  std::string store;
  std::string rule;
  ConfigOptions config;  // only its sets
  std::optional<std::int32_t> iteration;
  std::int32_t prompt = 0;
  bool trace = false;
  bool json = false;
};

void declare(CLI::App& command, Options& options) {
  command.add_option("RUN", options.run, "Id or name of a run")->required();
  add_store_option(command, options.store);
  command.add_option("--iteration", options.iteration, "Iteration, from 0 (default: the last)");
  command.add_option("--prompt", options.prompt, "Prompt of the iteration, from 0 (default: 0)");
  command.add_option("--rule", options.rule, "Credit rule, see `treegrpo list credit-rules`")
      ->required();
  add_sets(command, options.config);
  command.add_flag("--trace", options.trace, "Prints how each advantage comes to be");
  command.add_flag("--json", options.json, "One JSON object: as `show --json`, and the rule");
  command.footer(
      "The other prompts of the iteration count where the rule compares with them. Nothing is\n"
      "stored.\n"
      "Examples:\n  treegrpo credit demo-1 --iteration 0 --prompt 2 --rule treerpo\n"
      "  treegrpo credit 1 --iteration 0 --prompt 0 --rule treegrpo --trace \\\n"
      "      --set credit.std=batch --set method.backup=softmax_mean_log_prob");
}

int work(const Options& options) {
  Workbench workbench = open_workbench(options.store);
  const RunSummary run = workbench.find_run(options.run);
  std::vector<std::string> sets = options.config.sets;
  sets.push_back("credit.rule=" + options.rule);
  const CreditedTree credited = workbench.credit(run.run, iteration_or_last(run, options.iteration),
                                                 PromptId{options.prompt}, sets);

  if (options.json) {
    Json object = tree_json(run.run, credited.tree);
    object["rule"] = credited.trace.rule;
    if (options.trace) object["trace"] = trace_json(credited.trace);
    print_line(object);
    return exit_done;
  }
  fmt::print("{}Credit by rule {}{}\n{}", tree_heading(run.name, run.run, credited.tree),
             credited.trace.rule, credited.skipped ? ": none, since no reward varies" : "",
             tree_text(credited.tree));
  if (options.trace) fmt::print("\n{}", trace_text(credited.trace));
  return exit_done;
}

}  // namespace

void add_credit(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "credit",
                       "Shows a stored tree with the advantages of any credit rule", declare, work);
}

}  // namespace treegrpo::cli
