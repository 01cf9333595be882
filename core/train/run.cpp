#include "train/run.h"

#include <optional>
#include <utility>
#include <vector>

#include "base/error.h"
#include "record/config_changes.h"
#include "record/config_toml.h"
#include "train/checkpoint.h"
#include "train/command_poll.h"
#include "train/loaded_model.h"
#include "train/probe_plan.h"
#include "train/trainer.h"

namespace treegrpo {
namespace {

// At every n-th boundary but the first and the last, which have rules of their own.
bool is_due(int every, std::int32_t done) { return every > 0 && done > 0 && done % every == 0; }

// The weights that train; of the model's own, copies are made where they will be needed, before a
// checkpoint's are loaded over them.
NamedTensors weights_to_train(Policy& policy, const TrainRequest& request) {
  for (const Weights weights : {Weights::reference, Weights::ema})
    if (keeps_weights(request, weights)) policy.keep(weights);
  return policy.parameters(Weights::current);
}

class Run {
 public:
  Run(const RunParts& parts, const TrainRequest& request, const RunHooks& hooks)
      : parts_(parts),
        request_(request),
        hooks_(hooks),
        config_(request.config),
        changes_(request.changes),
        model_({.policy = parts.policy,
                .rewards = parts.rewards,
                .held_out = parts.held_out,
                .config = config_,
                .origin = [this] { return origin(); }}),
        commands_(hooks.next_command, &model_),
        optimizer_(weights_to_train(parts.policy, request), optimizer_options(config_)),
        trainer_({.policy = parts.policy,
                  .optimizer = optimizer_,
                  .prompts = parts.prompts,
                  .rewards = parts.rewards,
                  .commands = commands_,
                  .hooks = hooks_},
                 config_) {
    if (request.resume_from) resume(*request.resume_from);
    if (request.is_probed) probed_ = state_.iterations;
    state_.model = config_.model.fingerprint;
    use_config(state_.iterations - 1);
  }

  TrainResult train() {
    bool finished = false;
    try {
      finished = loop();
    } catch (...) {
      save_boundary();
      throw;
    }
    if (commands_.latest() == RunCommand::stop) write_missing_checkpoint();
    return {.status = finished ? RunStatus::finished : RunStatus::stopped,
            .iterations = state_.iterations};
  }

 private:
  // True if all that was asked for is done, the last evaluation included; false if a command ended
  // it.
  bool loop() {
    for (;;) {
      if (evaluation_is_due() && !evaluate()) return false;
      if (probe_is_due() && !take_probe()) return false;
      if (checkpoint_is_due()) write_missing_checkpoint();
      if (state_.iterations >= config_.run.iterations) return true;
      if (commands_.ask(SafePoint::iteration) != RunCommand::proceed) return false;
      take_changes();
      if (!trainer_.iterate(state_.iterations)) return false;
      ++state_.iterations;
    }
  }

  WeightsOrigin origin() const {
    return {.iterations = state_.iterations,
            .updating = !trainer_.at_boundary(),
            .averaged = uses_ema(config_)};
  }

  CheckpointParts checkpoint_parts() {
    return {parts_.policy, optimizer_, keeps_weights(request_, Weights::ema)};
  }

  void resume(const std::filesystem::path& checkpoint) {
    state_ = load_checkpoint(checkpoint, checkpoint_parts());
    saved_ = boundary();
  }

  // What a checkpoint tells: it is written again if only the score was missing in it.
  std::pair<std::int32_t, std::int32_t> boundary() const {
    return {state_.iterations, state_.evaluated};
  }

  // What the user changed since the last iteration, and what changed at this one when it was run
  // before. The boundary before a new change is kept as a checkpoint: a way back.
  void take_changes() {
    const std::int32_t iteration = state_.iterations;
    std::vector<ParameterChanged> fresh;
    if (hooks_.changes) fresh = hooks_.changes(iteration);
    if (!fresh.empty()) {
      write_missing_checkpoint();
      add_changes(changes_, fresh);
      if (hooks_.changed) hooks_.changed(fresh);
    }
    if (!changes_.empty()) use_config(iteration);
  }

  // From here on the config of that iteration.
  void use_config(std::int32_t iteration) {
    config_ = config_of_iteration(request_.config, changes_, iteration);
    state_.config = config_toml(config_);
    optimizer_.set_options(optimizer_options(config_));
    trainer_.set_config(config_);
  }

  bool evaluation_is_due() const {
    const std::int32_t done = state_.iterations;
    if (state_.evaluated == done) return false;
    return done == 0 || done >= config_.run.iterations || is_due(config_.evaluation.every, done);
  }

  bool proceeds() { return commands_.ask(SafePoint::part) == RunCommand::proceed; }

  // False if a command ended it.
  bool evaluate() {
    const auto record = model_.evaluation([this] { return proceeds(); });
    if (!record) return false;
    state_.evaluated = state_.iterations;
    state_.reward = record->reward;
    if (hooks_.evaluated) hooks_.evaluated(*record);
    return true;
  }

  bool probe_is_due() const {
    return probed_ != state_.iterations && !parts_.probes.empty() &&
           treegrpo::probe_is_due(config_, state_.iterations);
  }

  // Likewise.
  bool take_probe() {
    const ProbePlan plan = probe_plan(config_, parts_.policy.info(), parts_.probes, shown_weights(),
                                      keeps_weights(request_, Weights::reference));
    std::optional<ProbeRecord> record;
    try {
      record = probe(parts_.policy, parts_.rewards, plan, [this] { return proceeds(); });
    } catch (const Error& error) {
      throw error.within("in the probe after " + std::to_string(state_.iterations) + " iterations");
    }
    if (!record) return false;
    probed_ = record->iteration = state_.iterations;
    if (hooks_.probed) hooks_.probed(*std::move(record));
    return true;
  }

  // Those that evaluations and probes look at.
  Weights shown_weights() const { return uses_ema(config_) ? Weights::ema : Weights::current; }

  bool checkpoint_is_due() const {
    const std::int32_t done = state_.iterations;
    return done >= config_.run.iterations || is_due(config_.checkpoint.every, done);
  }

  void write_missing_checkpoint() {
    if (saved_ == boundary() || request_.checkpoint_folder.empty()) return;
    const auto path = write_checkpoint(request_.checkpoint_folder, state_, checkpoint_parts());
    saved_ = boundary();
    if (hooks_.checkpoint_written)
      hooks_.checkpoint_written(
          {.iterations = state_.iterations, .folder = path.string(), .reward = state_.reward});
  }

  // On the way out with an error: nothing that was trained and announced is lost.
  void save_boundary() {
    if (!trainer_.at_boundary()) return;
    try {
      write_missing_checkpoint();
    } catch (const Error&) {
      // The first error is the one to tell.
    }
  }

  const RunParts& parts_;
  const TrainRequest& request_;
  const RunHooks& hooks_;
  RunConfig config_;                       // of the iteration under way, or the last one
  std::vector<ParameterChanged> changes_;  // in order of iterations, then as they were made
  LoadedModel model_;
  CommandPoll commands_;
  AdamW optimizer_;
  Trainer trainer_;
  CheckpointState state_;
  std::int32_t probed_ = -1;                                    // iterations done at the last probe
  std::optional<std::pair<std::int32_t, std::int32_t>> saved_;  // boundary of the last checkpoint
};

}  // namespace

bool keeps_weights(const TrainRequest& request, Weights weights) {
  return at_any_time(request.config, request.changes, [&](const RunConfig& config) {
    return weights == Weights::reference ? uses_reference(config) : uses_ema(config);
  });
}

TrainResult run_training(const RunParts& parts, const TrainRequest& request,
                         const RunHooks& hooks) {
  return Run(parts, request, hooks).train();
}

}  // namespace treegrpo
