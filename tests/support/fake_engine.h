// An Engine without tensors: grows random trees of the config's schedule, obeys commands and writes
// checkpoints that hold their number, so that the workbench is tested without LibTorch.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/paths.h"
#include "engine/engine.h"
#include "record/config_changes.h"
#include "support/tree_text.h"
#include "tree/advantage.h"
#include "tree/method.h"
#include "tree/regrow_schedule.h"
#include "tree/schedule.h"
#include "tree/sigmas.h"

namespace treegrpo::test {

struct FakeEngineOptions {
  int throws_in_iteration = -1;  // its reward throws there; -1: never
  bool refuses = false;          // check() throws
  int checkpoint_every = 1;
  std::string torch = "none";
  std::string fingerprint = "0123456789abcdef";  // of every model
  std::chrono::microseconds level_time{0};       // between two questions for commands
  bool probes = false;                           // at the start, at checkpoints and at the end
  bool pictures = false;                         // of all nodes
  int work_parts = 1;  // of a sampling or an evaluation, a millisecond each
  std::function<void(std::int32_t)> iteration_begins = {};  // on the run's thread
};

class FakeEngine final : public Engine {
 public:
  explicit FakeEngine(FakeEngineOptions options = {}) : options_(std::move(options)) {}

  std::string torch_version() const override { return options_.torch; }
  std::vector<DeviceInfo> devices() const override { return {{.kind = "cpu", .name = "fake"}}; }
  std::vector<CatalogEntry> rewards() const override { return {{"scene", "a fake reward"}}; }
  std::vector<CatalogEntry> policies() const override { return {{"fake", "a fake policy"}}; }

  std::string fingerprint(const std::filesystem::path&) override { return options_.fingerprint; }

  void check(const TrainRequest& request) override {
    if (options_.refuses) throw Error("the model is missing");
    if (request.config.model.fingerprint != options_.fingerprint)
      throw Error("the model is another one");
  }

  void check_checkpoint(const TrainRequest&, const std::filesystem::path& checkpoint) override {
    if (!std::filesystem::exists(checkpoint / "state.json"))
      throw Error("'" + checkpoint.string() + "' is damaged");
  }

  // What was asked of train() last.
  const TrainRequest& request() const { return request_; }

  TrainResult train(const TrainRequest& request, const RunHooks& hooks) override {
    request_ = request;
    const std::int32_t planned = request.config.run.iterations;
    RunConfig config = request.config;
    std::vector<ParameterChanged> changes = request.changes;
    const std::int32_t first = request.resume_from ? iterations_in(*request.resume_from) : 0;
    if (first == 0) hooks.evaluated(evaluation(0));
    if (!request.is_probed) take_probe(hooks, first);
    for (std::int32_t iteration = first; iteration < planned; ++iteration) {
      Weights model(*this, iteration);
      if (options_.iteration_begins) options_.iteration_begins(iteration);
      for (int level = 0; level < config.sampler.steps; ++level) {
        const RunCommand command =
            hooks.next_command(level == 0 ? SafePoint::iteration : SafePoint::step, &model);
        if (command == RunCommand::stop) write_checkpoint(request, hooks, iteration);
        if (command != RunCommand::proceed) return {RunStatus::stopped, iteration};
        if (level == 0) {
          take_changes(request, hooks, iteration, changes);
          config = config_of_iteration(request.config, changes, iteration);
        }
        if (const auto watched = watched_prompt(request, hooks))
          hooks.tree_grown({.iteration = iteration,
                            .prompt = watched->prompt,
                            .outline = outline(config, iteration, watched->prompt),
                            .first_node = level,
                            .nodes = {{.parent = level - 1, .step = level, .image = {}}}});
        std::this_thread::sleep_for(options_.level_time);
      }
      if (iteration == options_.throws_in_iteration)
        throw Error("reward 'scene' gave no number for prompt 'a red circle'");
      IterationRecord record = iteration_record(config, iteration);
      std::vector<TreeRecord> grown = trees(config, iteration);
      if (options_.pictures) paint(grown);
      if (const auto watched = watched_prompt(request, hooks))
        hooks.tree_credited(grown[static_cast<std::size_t>(watched->prompt.value)]);
      hooks.iteration_finished(record, std::move(grown));
      if ((iteration + 1) % options_.checkpoint_every == 0) take_probe(hooks, iteration + 1);
      if ((iteration + 1) % options_.checkpoint_every == 0)
        write_checkpoint(request, hooks, iteration + 1);
    }
    hooks.evaluated(evaluation(planned));
    return {RunStatus::finished, planned};
  }

  std::vector<Image> sample(const SampleRequest& request, const Proceed& proceed) override {
    return Weights(*this, 0).sample(request, proceed);
  }
  EvaluationRecord evaluate(const EvaluateRequest&, const Proceed& proceed) override {
    return Weights(*this, 0).evaluate(proceed);
  }
  Regrown regrow(const RegrowRequest& request, const Proceed& proceed) override {
    return Weights(*this, 0).regrow(request.options, proceed);
  }
  DrawnPath draw(const DrawRequest& request, const Proceed& proceed) override {
    return Weights(*this, 0).draw(request.options, proceed);
  }
  void export_model(const ExportRequest& request) override {
    write_file_atomically(request.out, std::string_view("model"));
  }
  void pretrain(const PretrainRequest&, const ProgressFunction&,
                const std::function<RunCommand()>&) override {}

 private:
  static void take_changes(const TrainRequest& request, const RunHooks& hooks,
                           std::int32_t iteration, std::vector<ParameterChanged>& changes) {
    const std::vector<ParameterChanged> fresh = hooks.changes(iteration);
    if (fresh.empty()) return;
    write_checkpoint(request, hooks, iteration);
    changes.insert(changes.end(), fresh.begin(), fresh.end());
    hooks.changed(fresh);
  }
  // Grey pictures, and the score of that many iterations.
  class Weights final : public ModelWork {
   public:
    Weights(const FakeEngine& engine, std::int32_t iterations)
        : engine_(engine), iterations_(iterations) {}

    WeightsOrigin origin() const override { return {.iterations = iterations_}; }
    std::vector<Image> sample(const SampleOptions& options, const Proceed& proceed) override {
      work(proceed);
      const Image grey{32, 32, std::vector<std::uint8_t>(32 * 32 * 3, 128)};
      return std::vector<Image>(options.prompts.size() * static_cast<std::size_t>(options.count),
                                grey);
    }
    EvaluationRecord evaluate(const Proceed& proceed) override {
      work(proceed);
      return evaluation(iterations_);
    }

    Regrown regrow(const RegrowOptions& options, const Proceed& proceed) override {
      work(proceed);
      std::mt19937 random(static_cast<unsigned>(options.seed));
      const auto node = static_cast<std::size_t>(options.node.value);
      Regrown regrown{.tree = grown_tree(regrow_schedule(options.tree,
                                                         {.node = options.node,
                                                          .kind = options.kind,
                                                          .leaves = options.leaves,
                                                          .other = options.schedule},
                                                         4096),
                                         random, options.tree.reward_names.size()),
                      .from = options.node,
                      .from_tree = options.tree.nodes[node].tree,
                      .node = options.tree.nodes[node].step,
                      .kind = options.kind,
                      .seed = options.seed,
                      .weights = origin(),
                      .log_prob_difference = .125};
      regrown.tree.iteration = options.tree.iteration;
      regrown.tree.prompt = options.tree.prompt;
      regrown.tree.text = options.tree.text;
      regrown.tree.sigmas = options.tree.sigmas;
      return regrown;
    }

    // Each node in a grey of its step, its latent lighter by 100.
    DrawnPath draw(const DrawOptions& options, const Proceed& proceed) override {
      work(proceed);
      DrawnPath drawn{.nodes = {}, .weights = origin()};
      for (std::size_t step = 0; step < options.way.nodes.size(); ++step) {
        const auto grey = [&](std::size_t more) {
          return Image{4, 4, std::vector<std::uint8_t>(48, static_cast<std::uint8_t>(step + more))};
        };
        drawn.nodes.push_back({.clean = grey(0), .noisy = grey(100)});
      }
      return drawn;
    }

   private:
    void work(const Proceed& proceed) const {
      for (int part = 0; part < engine_.options_.work_parts; ++part) {
        if (proceed && !proceed()) throw work_ended();
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
    }

    const FakeEngine& engine_;
    std::int32_t iterations_;
  };

  // None where the iteration has no such prompt.
  static std::optional<WatchedPrompt> watched_prompt(const TrainRequest& request,
                                                     const RunHooks& hooks) {
    const auto watched = hooks.watched_prompt();
    const bool exists = watched && watched->prompt.value < request.config.prompts.per_iteration;
    return exists ? watched : std::nullopt;
  }

  // Two prompts from two seeds, ever more alike while the reward rises.
  void take_probe(const RunHooks& hooks, std::int32_t iterations) const {
    if (!options_.probes) return;
    ProbeRecord record{.iteration = iterations, .prompts = {}, .seconds = .01};
    for (int prompt = 0; prompt < 2; ++prompt) {
      ProbedPrompt& probed = record.prompts.emplace_back();
      probed.text = prompt == 0 ? "a red circle" : "two green squares";
      for (int seed = 0; seed < 2; ++seed) {
        const int shade = 100 + 50 * prompt + seed * 80 / (1 + iterations);
        Image image{.width = 4, .height = 4, .rgb = {}};
        image.rgb.assign(48, static_cast<std::uint8_t>(shade));
        probed.pictures.push_back({.seed = seed,
                                   .rewards = {{"scene", .5 + .01 * iterations}},
                                   .kl = .001 * iterations,
                                   .image = std::move(image)});
      }
      probed.diversity = picture_diversity(probed.pictures);
    }
    hooks.probed(std::move(record));
  }

  static EvaluationRecord evaluation(std::int32_t iteration) {
    EvaluationRecord record;
    record.iteration = iteration;
    record.reward = .5 + .01 * iteration;
    record.reward_error = .01;
    record.metrics = {{"scene_strict", .25}};
    record.metric_errors = {{"scene_strict", .03}};
    record.by_task = {{.task = "single", .reward = .5, .scene_strict = .25, .n = 30}};
    return record;
  }

  static IterationRecord iteration_record(const RunConfig& config, std::int32_t iteration) {
    const ScheduleCounts of_one = counts(schedule_at(config, iteration));
    IterationRecord record;
    record.iteration = iteration;
    record.nfe = config.prompts.per_iteration * of_one.nfe;
    record.trained_passes = config.prompts.per_iteration * of_one.trained_passes;
    record.leaves = config.prompts.per_iteration * of_one.leaves;
    record.reward = .5 + .001 * iteration;
    record.reward_by_name = {{"scene", record.reward}};
    record.seconds.total = .01;
    return record;
  }

  static std::shared_ptr<const TreeRecord> outline(const RunConfig& config, std::int32_t iteration,
                                                   PromptId prompt) {
    TreeRecord record;
    record.iteration = iteration;
    record.prompt = prompt;
    record.text = "prompt " + std::to_string(prompt.value);
    record.schedule = schedule_at(config, iteration);
    record.sigmas = sigma_table(SigmaRule::uniform, config.sampler.steps, config.sampler.shift);
    return std::make_shared<const TreeRecord>(std::move(record));
  }

  static std::vector<TreeRecord> trees(const RunConfig& config, std::int32_t iteration) {
    std::mt19937 random(static_cast<unsigned>(iteration));
    std::vector<TreeRecord> records;
    for (std::int32_t prompt = 0; prompt < config.prompts.per_iteration; ++prompt) {
      TreeRecord record = grown_tree(schedule_at(config, iteration), random);
      record.iteration = iteration;
      record.prompt = PromptId{prompt};
      record.text = "prompt " + std::to_string(prompt);
      record.sigmas = sigma_table(SigmaRule::uniform, config.sampler.steps, config.sampler.shift);
      records.push_back(std::move(record));
    }
    CreditState state;
    const Credit credit = assign_credit(records, credit_options(config), state);
    for (std::size_t i = 0; i < records.size(); ++i) apply(credit.records[i], records[i]);
    return records;
  }

  // Each node in a grey of its own.
  static void paint(std::vector<TreeRecord>& records) {
    for (TreeRecord& record : records)
      for (std::size_t node = 0; node < record.nodes.size(); ++node)
        record.nodes[node].image = {
            4, 4, std::vector<std::uint8_t>(48, static_cast<std::uint8_t>(node % 251))};
  }

  static void write_checkpoint(const TrainRequest& request, const RunHooks& hooks,
                               std::int32_t iterations) {
    std::string number = std::to_string(iterations);
    number.insert(0, 6 - number.size(), '0');
    const auto folder = request.checkpoint_folder / ("checkpoint-" + number);
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "state.json") << iterations;
    hooks.checkpoint_written({.iterations = iterations, .folder = folder.string()});
  }

  static std::int32_t iterations_in(const std::filesystem::path& checkpoint) {
    std::int32_t iterations = 0;
    std::ifstream(checkpoint / "state.json") >> iterations;
    return iterations;
  }

  FakeEngineOptions options_;
  TrainRequest request_;
};

}  // namespace treegrpo::test
