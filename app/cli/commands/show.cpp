// `treegrpo show`: a stored tree and the arithmetic behind its advantages.
#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>

#include "cli/command.h"
#include "cli/json_output.h"
#include "cli/open_workbench.h"
#include "cli/tree_text.h"

namespace treegrpo::cli {
namespace {

struct Options {
  std::string run;
  std::string store;
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
  command.add_flag("--trace", options.trace, "Prints how each advantage came to be");
  command.add_flag("--json", options.json, "One JSON object");
  command.footer(
      "Examples:\n  treegrpo show 1\n  treegrpo show demo-1 --iteration 0 --prompt 2 --trace\n"
      "  treegrpo show 1 --iteration 0 --prompt 0 --json | python3 -m json.tool");
}

int work(const Options& options) {
  Workbench workbench = open_workbench(options.store);
  const RunSummary run = workbench.find_run(options.run);
  const std::int32_t iteration = iteration_or_last(run, options.iteration);
  const PromptId prompt{options.prompt};
  const TreeRecord tree = workbench.tree(run.run, iteration, prompt);
  std::optional<CreditTrace> trace;
  if (options.trace) trace = workbench.credit(run.run, iteration, prompt).trace;

  if (options.json) {
    Json object = tree_json(run.run, tree);
    if (trace) object["trace"] = trace_json(*trace);
    print_line(object);
    return exit_done;
  }
  fmt::print("{}{}", tree_heading(run.name, run.run, tree), tree_text(tree));
  if (trace) fmt::print("\n{}", trace_text(*trace));
  return exit_done;
}

}  // namespace

void add_show(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "show", "Shows a stored tree with its advantages", declare,
                       work);
}

}  // namespace treegrpo::cli
