// `treegrpo regrow`: a part of a stored tree grown again from one of its nodes, to look at.
#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/paths.h"
#include "cli/command.h"
#include "cli/json_output.h"
#include "cli/open_workbench.h"
#include "cli/tree_text.h"
#include "image/codec.h"

namespace treegrpo::cli {
namespace {

struct Options {
  std::string run;
  std::string store;
  std::int32_t iteration = 0;
  std::int32_t prompt = 0;
  std::optional<std::int32_t> node;
  std::optional<int> leaves;
  std::optional<std::int32_t> checkpoint;
  std::optional<std::uint64_t> seed;
  std::string out;
  bool json = false;
};

void declare(CLI::App& command, Options& options) {
  command.add_option("RUN", options.run, "Id or name of a run")->required();
  add_store_option(command, options.store);
  command.add_option("--iteration", options.iteration, "Iteration, from 0")->required();
  command.add_option("--prompt", options.prompt, "Prompt of the iteration, from 0")->required();
  CLI::Option* node = command.add_option("--node", options.node,
                                         "Node id, as `show` prints it (default: lists what was "
                                         "grown again from this tree)");
  command
      .add_option("--leaves", options.leaves,
                  "Leaves to sample from the node (default: its whole subtree is grown again)")
      ->check(CLI::Range(1, 4096))
      ->needs(node);
  command
      .add_option("--checkpoint", options.checkpoint,
                  "Whose weights: iterations done (default: the last checkpoint)")
      ->needs(node);
  add_seed_option(command, options.seed,
                  "Seed of the noise (default: the first that the node has not had)")
      ->needs(node);
  command.add_option("--out", options.out, "Folder to write the new leaves to, as PNG files");
  command.add_flag("--json", options.json, "One JSON object a tree: as `show --json`, and how");
  command.footer(
      "The path to the node is replayed from the noise of the run, so the new leaves share the\n"
      "node's history. The tree of iteration I was grown with the weights after I iterations; "
      "under\n"
      "others the path has the same noise and other latents. Stored beside the tree, never "
      "trained.\n"
      "Examples:\n  treegrpo regrow demo-1 --iteration 0 --prompt 0 --node 4\n"
      "  treegrpo regrow demo-1 --iteration 0 --prompt 0 --node 4 --leaves 8 --out leaves\n"
      "  treegrpo regrow demo-1 --iteration 0 --prompt 0");
}

Json regrown_json(RunId run, const StoredRegrown& stored) {
  const Regrown& regrown = stored.regrown;
  Json object = tree_json(run, regrown.tree);
  object["regrown"] = stored.id;
  object["from_node"] = regrown.from.value;
  object["kind"] = regrown.kind == RegrowKind::leaves ? "leaves" : "subtree";
  object["at_node"] = regrown.node;
  object["seed"] = regrown.seed;
  object["weights_iterations"] = regrown.weights.iterations;
  object["weights_updating"] = regrown.weights.updating;
  object["log_prob_difference"] =
      std::isnan(regrown.log_prob_difference) ? Json(nullptr) : Json(regrown.log_prob_difference);
  return object;
}

// Whether these weights grew the tree itself.
bool is_of_its_weights(const Regrown& regrown) {
  return regrown.weights.iterations == regrown.tree.iteration && !regrown.weights.updating;
}

std::string regrown_heading(const StoredRegrown& stored) {
  const Regrown& regrown = stored.regrown;
  std::string text = fmt::format(
      "Regrown {} from node {}: {}, seed {}, weights after {} iterations{}; never trained\n",
      stored.id, regrown.from.value,
      regrown.kind == RegrowKind::leaves ? "more leaves" : "its subtree", regrown.seed,
      regrown.weights.iterations, regrown.weights.updating ? " and a part of the next update" : "");
  if (!is_of_its_weights(regrown))
    text += fmt::format(
        "The tree was grown with the weights that began iteration {}: the path has the same noise "
        "and other latents\n",
        regrown.tree.iteration);
  if (!std::isnan(regrown.log_prob_difference))
    text += fmt::format(
        "The replayed path has the stored noise: its log-probs differ by at most {:.2g}\n",
        regrown.log_prob_difference);
  return text;
}

void write_leaves(const std::filesystem::path& folder, const StoredRegrown& stored) {
  create_folders(folder);
  for (const std::int32_t leaf : leaves(stored.regrown.tree)) {
    const auto file = folder / fmt::format("regrown-{}-node-{}.png", stored.id, leaf);
    write_png(file, stored.regrown.tree.nodes[static_cast<std::size_t>(leaf)].image);
  }
}

void print(const Options& options, const RunSummary& run, const StoredRegrown& stored) {
  if (options.json)
    print_line(regrown_json(run.run, stored));
  else
    fmt::print("{}{}{}", tree_heading(run.name, run.run, stored.regrown.tree),
               regrown_heading(stored), tree_text(stored.regrown.tree));
  if (!options.out.empty()) write_leaves(options.out, stored);
}

int list(const Options& options, Workbench& workbench, const RunSummary& run) {
  const auto all = workbench.regrown(run.run, options.iteration, PromptId{options.prompt});
  if (all.empty() && !options.json)
    fmt::print("Nothing was grown again from this tree; --node N grows from one of its nodes\n");
  for (const StoredRegrown& stored : all) print(options, run, stored);
  return exit_done;
}

int work(const Options& options) {
  Workbench workbench = open_workbench(options.store);
  const RunSummary run = workbench.find_run(options.run);
  if (!options.node) return list(options, workbench, run);
  print(options, run,
        workbench.regrow({.run = run.run,
                          .iteration = options.iteration,
                          .prompt = PromptId{options.prompt},
                          .node = NodeId{*options.node},
                          .kind = options.leaves ? RegrowKind::leaves : RegrowKind::subtree,
                          .leaves = options.leaves.value_or(8),
                          .seed = options.seed},
                         options.checkpoint));
  return exit_done;
}

}  // namespace

void add_regrow(CLI::App& app, Chosen& chosen) {
  add_command<Options>(app, chosen, "regrow",
                       "Grows a part of a stored tree again, or more leaves of a node", declare,
                       work);
}

}  // namespace treegrpo::cli
