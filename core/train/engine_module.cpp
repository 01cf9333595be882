// The engine module: Engine over LibTorch, and the C door that engine/engine_loader looks up.
#include <ATen/Parallel.h>
#include <torch/headeronly/version.h>

#include <memory>
#include <optional>
#include <utility>

#include "base/error.h"
#include "base/machine.h"
#include "engine/engine.h"
#include "engine/engine_factory.h"
#include "policy/catalog.h"
#include "reward/catalog.h"
#include "rollout/draw_path.h"
#include "rollout/sample_images.h"
#include "train/checkpoint.h"
#include "train/compute_device.h"
#include "train/engine_guard.h"
#include "train/loaded_model.h"
#include "train/pretrain.h"
#include "train/run.h"
#include "train/run_setup.h"
#include "weights/merged_model.h"

namespace treegrpo {
namespace {

ModelFiles model_of(const TrainRequest& request) { return {.model = request.model, .weights = {}}; }

// Alike in all that a setup is made from; a run gets its name between check and train.
bool is_same_run(const TrainRequest& a, const TrainRequest& b) {
  RunConfig other = b.config;
  other.run.name = a.config.run.name;
  return a.model == b.model && a.config == other;
}

// Guarded work that leaves no more memory behind than it still uses.
template <class Work>
auto computed(const Work& work) {
  struct GiveBack {
    ~GiveBack() { give_back_memory(); }
  } after;
  return guarded(work);
}

// Work beside a run that may be of another config than what is asked for: the run goes on with as
// many threads as before.
class KeepThreads {
 public:
  KeepThreads() = default;
  ~KeepThreads() { at::set_num_threads(threads_); }
  KeepThreads(const KeepThreads&) = delete;
  KeepThreads& operator=(const KeepThreads&) = delete;

 private:
  const int threads_ = at::get_num_threads();
};

// The weights of files, which are one set: whose they are is for the caller to know.
LoadedModel loaded(const EvaluationSetup& setup, const RunConfig& config) {
  return LoadedModel({.policy = *setup.policy,
                      .rewards = setup.rewards,
                      .held_out = setup.held_out,
                      .config = config,
                      .origin = [] { return WeightsOrigin{}; }});
}

class TorchEngine final : public Engine {
 public:
  std::string torch_version() const override { return TORCH_VERSION; }

  std::vector<DeviceInfo> devices() const override { return guarded(compute_devices); }

  std::vector<CatalogEntry> rewards() const override {
    std::vector<CatalogEntry> entries;
    for (const RewardEntry& reward : reward_catalog())
      entries.push_back({std::string(reward.name), std::string(reward.sentence)});
    return entries;
  }

  std::vector<CatalogEntry> policies() const override {
    std::vector<CatalogEntry> entries;
    for (const PolicyEntry& policy : treegrpo::policies())
      entries.push_back({std::string(policy.name), std::string(policy.sentence)});
    return entries;
  }

  std::string fingerprint(const std::filesystem::path& model) override {
    return model_fingerprint(model);
  }

  void check(const TrainRequest& request) override {
    guarded([&] { checked_ = {request, set_up_run(model_of(request), request.config)}; });
  }

  void check_checkpoint(const TrainRequest& request,
                        const std::filesystem::path& checkpoint) override {
    if (!checked_ || !is_same_run(checked_->request, request)) check(request);
    guarded([&] {
      treegrpo::check_checkpoint(checkpoint, *checked_->setup.policy,
                                 request.config.model.fingerprint,
                                 keeps_weights(request, Weights::ema));
    });
  }

  TrainResult train(const TrainRequest& request, const RunHooks& hooks) override {
    return computed([&] {
      const RunSetup setup = take_setup(request);
      return run_training({.policy = *setup.policy,
                           .prompts = setup.prompts,
                           .rewards = setup.rewards,
                           .held_out = setup.held_out,
                           .probes = setup.probes},
                          request, hooks);
    });
  }

  std::vector<Image> sample(const SampleRequest& request, const Proceed& proceed) override {
    return computed([&] {
      const at::Device device = device_from_name(request.device);
      prepare_computing(request.threads);
      const auto policy = open_policy(
          {.model = request.model.model, .weights = request.model.weights.value_or("")}, device);
      return sample_images(*policy, request, Weights::current, proceed);
    });
  }

  EvaluationRecord evaluate(const EvaluateRequest& request, const Proceed& proceed) override {
    return computed([&] {
      const EvaluationSetup setup = set_up_evaluation(request.model, request.config);
      return loaded(setup, request.config).evaluate(proceed);
    });
  }

  Regrown regrow(const RegrowRequest& request, const Proceed& proceed) override {
    return computed([&] {
      const RunConfig& config = request.options.config;
      const EvaluationSetup setup = set_up_evaluation(request.model, config);
      return loaded(setup, config).regrow(request.options, proceed);
    });
  }

  DrawnPath draw(const DrawRequest& request, const Proceed& proceed) override {
    return computed([&] {
      const KeepThreads keep;
      const auto policy = open_run_policy(request.model, request.options.config);
      return draw_path(*policy, request.options, proceed);
    });
  }

  void export_model(const ExportRequest& request) override {
    guarded([&] {
      check_model_file(request.model.model, request.fingerprint);
      write_merged_model(request.model.model, request.model.weights.value_or(request.model.model),
                         request.out, request.about);
    });
  }

  void pretrain(const PretrainRequest& request, const ProgressFunction& progress,
                const std::function<RunCommand()>& proceed) override {
    guarded([&] {
      treegrpo::pretrain(load_pretrain_config(request.config), request.out,
                         {.progress = progress, .proceed = proceed});
    });
  }

 private:
  // What check() opened for the very same run, or all of it anew.
  RunSetup take_setup(const TrainRequest& request) {
    std::optional<Checked> checked = std::exchange(checked_, std::nullopt);
    if (checked && is_same_run(checked->request, request)) {
      prepare_computing(request.config.run.threads);
      return std::move(checked->setup);
    }
    return set_up_run(model_of(request), request.config);
  }

  struct Checked {
    TrainRequest request;
    RunSetup setup;
  };
  std::optional<Checked> checked_;
};

}  // namespace
}  // namespace treegrpo

extern "C" {

int treegrpo_engine_interface_version() { return treegrpo::engine_interface_version; }

treegrpo::Engine* treegrpo_engine_create() {
  return treegrpo::guarded([]() -> treegrpo::Engine* {
    // Before anything else of LibTorch: afterwards it no longer looks for a device.
    treegrpo::open_cuda_half();
    return std::make_unique<treegrpo::TorchEngine>().release();
  });
}

}  // extern "C"
