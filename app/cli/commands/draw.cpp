// `treegrpo draw`: the pictures of the way to a stored node, drawn again from the keys of its
// noise.
#include <fmt/format.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/paths.h"
#include "cli/command.h"
#include "cli/json_output.h"
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
  std::optional<std::int32_t> checkpoint;
  std::string out;
  bool json = false;
};

void declare(CLI::App& command, Options& options) {
  command.add_option("RUN", options.run, "Id or name of a run")->required();
  add_store_option(command, options.store);
  command.add_option("--iteration", options.iteration, "Iteration, from 0")->required();
  command.add_option("--prompt", options.prompt, "Prompt of the iteration, from 0")->required();
  command.add_option("--node", options.node, "Node id, as `show` prints it")->required();
  command.add_option("--checkpoint", options.checkpoint,
                     "Whose weights: iterations done (default: those nearest to the iteration; "
                     "before the first checkpoint the model's own)");
  command.add_option("--out", options.out, "Folder to write the pictures to, as PNG files")
      ->required();
  command.add_flag("--json", options.json, "One JSON object: whose weights, and the files");
  command.footer(
      "Writes two pictures a step of the way from the root to the node: step-K-x0.png, what the\n"
      "model predicts from the node there (of a leaf the image itself), and step-K-xt.png, its\n"
      "latent x_t itself, decoded. The tree of iteration I was grown with the weights after I\n"
      "iterations; under others the way has the same noise and other latents. Nothing is stored.\n"
      "Example:\n  treegrpo draw demo-1 --iteration 0 --prompt 0 --node 4 --out node-4");
}

void write_pictures(const std::filesystem::path& folder, const DrawnPath& drawn) {
  create_folders(folder);
  for (std::size_t step = 0; step < drawn.nodes.size(); ++step) {
    write_png(folder / fmt::format("step-{}-x0.png", step), drawn.nodes[step].clean);
    write_png(folder / fmt::format("step-{}-xt.png", step), drawn.nodes[step].noisy);
  }
}

std::string told(const Options& options, const DrawnPath& drawn) {
  std::string text = fmt::format("{} nodes drawn with the weights after {} iterations, in '{}'\n",
                                 drawn.nodes.size(), drawn.weights.iterations, options.out);
  if (!began(drawn.weights, options.iteration))
    text += fmt::format(
        "The tree was grown with the weights that began iteration {}: the way has the same noise "
        "and other latents\n",
        options.iteration);
  if (drawn.picture_difference)
    text += fmt::format("The stored pictures of the way differ by at most {} of 255\n",
                        *drawn.picture_difference);
  return text;
}

int work(const Options& options) {
  Workbench workbench = open_workbench(options.store);
  const RunSummary run = workbench.find_run(options.run);
  const DrawnPath drawn = workbench.draw(run.run, options.iteration, PromptId{options.prompt},
                                         NodeId{options.node}, options.checkpoint);
  write_pictures(options.out, drawn);
  if (options.json)
    print_line({{"run", run.run.value},
                {"iteration", options.iteration},
                {"prompt", options.prompt},
                {"node", options.node},
                {"steps", drawn.nodes.size()},
                {"weights_iterations", drawn.weights.iterations},
                {"exact", began(drawn.weights, options.iteration)},
                {"picture_difference",
                 drawn.picture_difference ? Json(*drawn.picture_difference) : Json(nullptr)},
                {"out", options.out}});
  else
    fmt::print("{}", told(options, drawn));
  return exit_done;
}

}  // namespace

void add_draw(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "draw",
                       "Draws the pictures of the way to a node again, its latents among them",
                       declare, work);
}

}  // namespace treegrpo::cli
