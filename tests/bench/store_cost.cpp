#include "bench/store_cost.h"

#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "base/error.h"
#include "base/fingerprint.h"
#include "bench/statistics.h"
#include "bench/temporary_folder.h"
#include "store/image_policy.h"
#include "train/run.h"
#include "train/run_setup.h"
#include "workbench/event_stream.h"
#include "workbench/run_session.h"

namespace treegrpo::bench {
namespace {

using Json = nlohmann::ordered_json;

struct IterationTime {
  double hooks = 0;  // seconds in hooks
  double total = 0;  // since the iteration before was committed
};

// The trainer behind the engine's interface, in this process; every hook is timed.
class TimingEngine final : public Engine {
 public:
  std::string torch_version() const override { return "of the benchmark"; }
  std::vector<DeviceInfo> devices() const override { return {}; }
  std::vector<CatalogEntry> rewards() const override { return {}; }
  std::vector<CatalogEntry> policies() const override { return {}; }
  std::string fingerprint(const std::filesystem::path& model) override {
    return file_fingerprint(model);
  }
  void check(const TrainRequest&) override {}
  void check_checkpoint(const TrainRequest&, const std::filesystem::path&) override {}

  TrainResult train(const TrainRequest& request, const RunHooks& hooks) override {
    const RunSetup setup = set_up_run({.model = request.model, .weights = {}}, request.config);
    last_ = monotonic_seconds();
    return run_training({.policy = *setup.policy,
                         .prompts = setup.prompts,
                         .rewards = setup.rewards,
                         .held_out = setup.held_out},
                        request, timed(hooks));
  }

  std::vector<Image> sample(const SampleRequest&, const Proceed&) override {
    throw Error("not measured here");
  }
  EvaluationRecord evaluate(const EvaluateRequest&, const Proceed&) override {
    throw Error("not measured here");
  }
  Regrown regrow(const RegrowRequest&, const Proceed&) override {
    throw Error("not measured here");
  }
  DrawnPath draw(const DrawRequest&, const Proceed&) override {
    throw Error("not measured here");
  }
  void export_model(const ExportRequest&) override { throw Error("not measured here"); }
  void pretrain(const PretrainRequest&, const ProgressFunction&,
                const std::function<RunCommand()>&) override {
    throw Error("not measured here");
  }

  const std::vector<IterationTime>& iterations() const { return iterations_; }

 private:
  // Evaluations and checkpoints are no part of an iteration: the clock starts anew after them.
  RunHooks timed(const RunHooks& hooks) {
    RunHooks all = hooks;
    all.iteration_finished = [this, hooks](IterationRecord& record,
                                           std::vector<TreeRecord>&& trees) {
      const double start = monotonic_seconds();
      hooks.iteration_finished(record, std::move(trees));
      const double now = monotonic_seconds();
      iterations_.push_back({.hooks = in_hooks_ + now - start, .total = now - last_});
      begin_iteration();
    };
    all.tree_grown = [this, hooks](const TreeGrown& grown) {
      add_time([&] { hooks.tree_grown(grown); });
    };
    all.tree_credited = [this, hooks](const TreeRecord& trees) {
      add_time([&] { hooks.tree_credited(trees); });
    };
    all.next_command = [this, hooks](SafePoint point, ModelWork* model) {
      RunCommand command = RunCommand::proceed;
      add_time([&] { command = hooks.next_command(point, model); });
      return command;
    };
    all.evaluated = [this, hooks](const EvaluationRecord& record) {
      hooks.evaluated(record);
      begin_iteration();
    };
    all.checkpoint_written = [this, hooks](const CheckpointFiles& files) {
      hooks.checkpoint_written(files);
      begin_iteration();
    };
    return all;
  }

  void begin_iteration() {
    in_hooks_ = 0;
    last_ = monotonic_seconds();
  }

  void add_time(const std::function<void()>& work) {
    const double start = monotonic_seconds();
    work();
    in_hooks_ += monotonic_seconds() - start;
  }

  std::vector<IterationTime> iterations_;
  double in_hooks_ = 0;
  double last_ = 0;
};

Json summary(const std::vector<IterationTime>& iterations) {
  std::vector<double> hooks, share;
  for (const IterationTime& each : iterations) {
    hooks.push_back(each.hooks);
    share.push_back(each.hooks / each.total);
  }
  return {{"iterations", iterations.size()}, {"seconds", median(hooks)}, {"share", median(share)}};
}

}  // namespace

Json store_cost(const RunConfig& config, const std::filesystem::path& model, int iterations) {
  const TemporaryFolder folder;
  RunPlan plan{.store = folder.path() / "bench.tgws", .config = config, .model = model};
  plan.config.run.device = "cpu";
  plan.config.run.iterations = iterations + recent_iterations;  // it is stopped before those
  plan.config.evaluation.every = 0;
  plan.config.evaluation.prompts = 7;
  plan.config.checkpoint.every = 0;

  TimingEngine engine;
  RunControl control;
  control.watch(PromptId{0});
  EventStream events;
  RunSession session(engine, plan, control, [&](RunId run, const Event& event) {
    events.publish(run, event);
    if (std::ssize(engine.iterations()) + 1 == iterations) control.stop();
  });
  session.train();

  std::vector<IterationTime> all_nodes, leaves;
  for (std::size_t i = 1; i < engine.iterations().size(); ++i)  // the first also opens things
    (keeps_inner_images(plan.config.images, static_cast<std::int32_t>(i)) ? all_nodes : leaves)
        .push_back(engine.iterations()[i]);
  Json json{{"every", plan.config.images.every}};
  if (!leaves.empty()) json["leaves_kept"] = summary(leaves);
  if (!all_nodes.empty()) json["all_nodes_kept"] = summary(all_nodes);
  return {{"store", json}};
}

}  // namespace treegrpo::bench
