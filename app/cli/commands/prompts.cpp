// `treegrpo prompts`: the prompts that a run trains or is scored on.
#include <fmt/format.h>

#include <string>
#include <vector>

#include "base/paths.h"
#include "cli/command.h"
#include "cli/open_workbench.h"

namespace treegrpo::cli {
namespace {

struct Options {
  std::string run;
  std::string store;
  std::string out;
  bool held_out = false;
};

void declare(CLI::App& command, Options& options) {
  command.add_option("RUN", options.run, "Id or name of a run")->required();
  add_store_option(command, options.store);
  command.add_flag("--held-out", options.held_out, "Those of evaluations, not those that train");
  command.add_option("--out", options.out,
                     "File to write; .csv and .jsonl keep tasks (default: a prompt a line, shown)");
  command.footer(
      "Examples:\n  treegrpo prompts demo-1 | head\n"
      "  treegrpo prompts demo-1 --held-out --out held_out.csv");
}

int work(const Options& options) {
  Workbench workbench = open_workbench(options.store);
  const RunSummary run = workbench.find_run(options.run);
  const std::vector<Prompt> prompts =
      workbench.prompt_set(run.run, options.held_out ? PromptPart::held_out : PromptPart::train);
  if (options.out.empty()) {
    fmt::print("{}", write_prompts(prompts, PromptFormat::lines));
    return exit_done;
  }
  write_file_atomically(options.out, write_prompts(prompts, prompt_format(options.out)));
  fmt::print(stderr, "{} prompts of run '{}' written to '{}'\n", prompts.size(), run.name,
             options.out);
  return exit_done;
}

}  // namespace

void add_prompts(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "prompts", "Shows or writes the prompts of a run", declare,
                       work);
}

}  // namespace treegrpo::cli
