#include "bench/window_stores.h"

#include <cmath>
#include <random>

#include "record/config_toml.h"
#include "store/run_writer.h"
#include "support/tree_text.h"
#include "tree/advantage.h"

namespace treegrpo::bench {
namespace {

// Half smooth and half noise, as the pictures of an early policy are: PNG packs neither well.
void paintLeaves(TreeRecord& record, int side, std::mt19937& random) {
  for (std::size_t node = 0; node < record.nodes.size(); ++node) {
    if (!record.is_leaf(node)) continue;
    Image& image = record.nodes[node].image;
    image.width = image.height = side;
    image.rgb.resize(static_cast<std::size_t>(3 * side * side));
    for (std::size_t at = 0; at < image.rgb.size(); ++at)
      image.rgb[at] = static_cast<std::uint8_t>(at % 128 + random() % 64);
  }
}

TreeRecord treeOf(const MadeRun& made, std::int32_t iteration, std::int32_t prompt,
                  std::mt19937& random) {
  TreeRecord record = test::grown_tree(made.schedule, random);
  record.iteration = iteration;
  record.prompt = PromptId{prompt};
  record.text = "made-up prompt " + std::to_string(prompt);
  CreditState state;
  const Credit credit = assign_credit(std::span<const TreeRecord>(&record, 1), {}, state);
  apply(credit.records.front(), record);
  if (made.picture_side > 0) paintLeaves(record, made.picture_side, random);
  return record;
}

IterationRecord summaryOf(std::int32_t iteration) {
  IterationRecord record;
  record.iteration = iteration;
  record.reward = .6 + .1 * std::sin(.1 * iteration);
  record.reward_by_name = {{"r0", record.reward}};
  record.clip_fraction = .1;
  record.kl = .001 * iteration;
  record.nfe = 1400;
  record.seconds = {
      .sample = .45, .decode = .06, .reward = .01, .train = .2, .store = .01, .total = .75};
  return record;
}

RunCreation creationOf(const MadeRun& made, int run) {
  RunCreation creation;
  RunConfig& config = creation.config;
  config.run.name = "made-up-" + std::to_string(run);
  config.run.iterations = made.iterations;
  config.run.seed = static_cast<std::uint64_t>(run % 5);
  config.method.name = run % 2 == 0 ? "treegrpo" : "mixgrpo";
  config.optimizer.learning_rate = 1e-5 * (1 + run / 10 % 20);
  config.prompts.per_iteration = made.prompts;
  creation.config_toml = write_toml(run_fields(), &config);
  return creation;
}

// A finished run whose trees are the same in every iteration.
void writeRun(const std::filesystem::path& file, const MadeRun& made, int run,
              std::vector<TreeRecord>& trees) {
  RunWriter writer(file);
  writer.create_run(creationOf(made, run));
  writer.set_status(RunStatus::running);
  for (std::int32_t iteration = 0; iteration < made.iterations; ++iteration) {
    for (TreeRecord& tree : trees) tree.iteration = iteration;
    writer.write_iteration(summaryOf(iteration), trees);
  }
  writer.set_status(RunStatus::finished);
}

}  // namespace

void writeStore(const std::filesystem::path& file, const MadeRun& made) {
  RunWriter writer(file);
  writer.create_run(creationOf(made, 0));
  writer.set_status(RunStatus::running);
  std::mt19937 random(1);
  for (std::int32_t iteration = 0; iteration < made.iterations; ++iteration) {
    std::vector<TreeRecord> trees;
    for (std::int32_t prompt = 0; prompt < made.prompts; ++prompt)
      trees.push_back(treeOf(made, iteration, prompt, random));
    writer.write_iteration(summaryOf(iteration), trees);
  }
  writer.set_status(RunStatus::finished);
}

void writeStores(const std::filesystem::path& file, int runs, const MadeRun& made) {
  std::mt19937 random(1);
  std::vector<TreeRecord> trees;
  for (std::int32_t prompt = 0; prompt < made.prompts; ++prompt)
    trees.push_back(treeOf(made, 0, prompt, random));
  for (int run = 0; run < runs; ++run) writeRun(file, made, run, trees);
}

}  // namespace treegrpo::bench
