// What the parts of an iteration cost, one by one (Google Benchmark). Sizes are those of the
// bundled task: 8 prompts, trees of 151 nodes and 27 leaves, latents of 8 x 8 x 8, pictures of 32
// x 32.
#include <ATen/ATen.h>
#include <benchmark/benchmark.h>

#include <memory>
#include <random>

#include "bench/blas_check.h"
#include "bench/temporary_folder.h"
#include "image/codec.h"
#include "record/config_toml.h"
#include "sampler/noise.h"
#include "sampler/transition.h"
#include "scene/caption.h"
#include "scene/detector.h"
#include "scene/scene_image.h"
#include "store/run_writer.h"
#include "support/tree_text.h"
#include "tree/advantage.h"
#include "tree/credit_rules.h"
#include "tree/method.h"

namespace {

using namespace treegrpo;

constexpr int prompts = 8;
constexpr int leaves_each = 27;
const std::vector<std::int64_t> latent_shape = {8, 8, 8};

RunConfig tiny_config(const std::vector<std::string>& keys = {}) {
  return load_config(TREEGRPO_SOURCE_DIR "/experiments/tiny/treegrpo.toml", keys);
}

Image picture(std::uint64_t seed) {
  Random random(seed);
  return render(draw_scene(parse_caption("a red circle left of a blue square"), random));
}

// Grown trees of one iteration, a picture on every leaf.
std::vector<TreeRecord> iteration_of_trees(std::int32_t iteration) {
  const RunConfig config =
      tiny_config({"method.window_rule=fixed", "method.window_start=3"});  // 151 nodes
  std::mt19937 random(1);
  std::vector<TreeRecord> records;
  for (int prompt = 0; prompt < prompts; ++prompt) {
    TreeRecord& record =
        records.emplace_back(test::grown_tree(schedule_at(config, iteration), random));
    record.iteration = iteration;
    record.prompt = {prompt};
    for (const std::int32_t leaf : leaves(record))
      record.nodes[static_cast<std::size_t>(leaf)].image =
          picture(static_cast<std::uint64_t>(prompt * leaves_each + leaf));
  }
  return records;
}

void latent_noise(benchmark::State& state) {
  std::vector<NoiseCounter> counters;
  for (std::uint32_t tree = 0; tree < prompts * leaves_each; ++tree)
    counters.push_back(noise_counter({.seed = 1, .tree = tree}));
  for (auto _ : state) benchmark::DoNotOptimize(normal_noise(counters, latent_shape));
  state.SetItemsProcessed(state.iterations() * std::ssize(counters));
}
BENCHMARK(latent_noise)->Unit(benchmark::kMicrosecond);

// Mean, next latents and log-probs of 216 rows.
void transition_step(benchmark::State& state) {
  const at::Tensor x = at::randn({prompts * leaves_each, 8, 8, 8});
  const at::Tensor prediction = at::randn_like(x), noise = at::randn_like(x);
  const StepSigmas sigmas{.sigma = .7, .sigma_next = .6, .first_sigma = .9};
  for (auto _ : state) {
    const Transition step = transition(StepKind::flow_sde, prediction, x, sigmas, .7);
    const at::Tensor after = next(step, noise);
    benchmark::DoNotOptimize(log_prob(StepKind::flow_sde, after, step.mean, step.std));
  }
  state.SetItemsProcessed(state.iterations() * x.size(0));
}
BENCHMARK(transition_step)->Unit(benchmark::kMicrosecond);

void schedule_of_an_iteration(benchmark::State& state) {
  const RunConfig config = tiny_config();
  int iteration = 0;
  for (auto _ : state) benchmark::DoNotOptimize(schedule_at(config, iteration++));
}
BENCHMARK(schedule_of_an_iteration)->Unit(benchmark::kMicrosecond);

// Credit of one iteration, every rule.
void credit(benchmark::State& state, const std::string& rule) {
  const std::vector<TreeRecord> records = iteration_of_trees(0);
  RunConfig config = tiny_config();
  config.credit.rule = rule;
  const CreditOptions options = credit_options(config);
  CreditState memory;
  for (auto _ : state) benchmark::DoNotOptimize(assign_credit(records, options, memory));
}

void scene_score(benchmark::State& state) {
  const SceneSpec spec = parse_caption("a red circle left of a blue square");
  const Image image = picture(1);
  for (auto _ : state) benchmark::DoNotOptimize(score_scene(image, spec));
}
BENCHMARK(scene_score)->Unit(benchmark::kMicrosecond);

void png_of_a_leaf(benchmark::State& state) {
  const Image image = picture(1);
  for (auto _ : state) benchmark::DoNotOptimize(encode_png(image));
}
BENCHMARK(png_of_a_leaf)->Unit(benchmark::kMicrosecond);

// One iteration committed to a store on the disk: 8 trees of 151 nodes, 216 pictures.
void commit_of_an_iteration(benchmark::State& state) {
  const bench::TemporaryFolder folder;
  RunWriter writer(folder.path() / "bench.tgws");
  const RunConfig config = tiny_config();
  writer.create_run({.config = config, .config_toml = config_toml(config), .provenance = {}});
  std::vector<TreeRecord> records = iteration_of_trees(0);
  IterationRecord iteration;
  for (auto _ : state) {
    state.PauseTiming();
    for (TreeRecord& record : records) record.iteration = iteration.iteration;
    state.ResumeTiming();
    writer.write_iteration(iteration, records);
    ++iteration.iteration;
  }
}
BENCHMARK(commit_of_an_iteration)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace

int main(int argc, char** argv) {
  bench::check_blas();
  for (const CreditRule& rule : credit_rules()) {
    const std::string name(rule.name);
    benchmark::RegisterBenchmark(("credit/" + name).c_str(), credit, name)
        ->Unit(benchmark::kMicrosecond);
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
