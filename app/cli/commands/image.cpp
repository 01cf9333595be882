// `treegrpo image`: a node's stored picture as a PNG file.
#include <fmt/format.h>

#include <cstdint>
#include <string>

#include "base/error.h"
#include "cli/command.h"
#include "cli/open_workbench.h"
#include "image/codec.h"

namespace treegrpo::cli {
namespace {

struct Options {
  std::string run;
  std::string store;
  std::int32_t iteration = 0;
  std::int32_t prompt = 0;
  std::int32_t node = 0;
  std::string out;
};

void declare(CLI::App& command, Options& options) {
  command.add_option("RUN", options.run, "Id or name of a run")->required();
  add_store_option(command, options.store);
  command.add_option("--iteration", options.iteration, "Iteration, from 0")->required();
  command.add_option("--prompt", options.prompt, "Prompt of the iteration, from 0")->required();
  command.add_option("--node", options.node, "Node id, as `show` prints it")->required();
  command.add_option("--out", options.out, "PNG file to write")->required();
  command.footer(
      "Example:\n  treegrpo image demo-1 --iteration 0 --prompt 0 --node 100 --out node.png");
}

int work(const Options& options) {
  Workbench workbench = open_workbench(options.store);
  const RunSummary run = workbench.find_run(options.run);
  const auto image =
      workbench.image(run.run, options.iteration, PromptId{options.prompt}, NodeId{options.node});
  if (!image)
    throw Error(
        fmt::format("the store holds no picture of node {}: inner nodes keep theirs in "
                    "iteration 0, every n-th (images.every) and the last of a run; leaves "
                    "always do, up to images.budget_mb",
                    options.node));
  write_png(options.out, *image);
  fmt::print("{}\n", options.out);
  return exit_done;
}

}  // namespace

void add_image(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "image", "Writes a node's stored picture to a PNG file",
                       declare, work);
}

}  // namespace treegrpo::cli
