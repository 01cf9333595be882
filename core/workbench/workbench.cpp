#include "workbench/workbench.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/error.h"
#include "tree/advantage.h"
#include "tree/check_config.h"
#include "tree/credit_options.h"
#include "workbench/stored_config.h"

namespace treegrpo {
namespace {

namespace fs = std::filesystem;

}  // namespace

Workbench::Workbench(fs::path store, LoadEngine load)
    : store_(std::move(store)), load_(std::move(load)) {}

RunReader& Workbench::reader() {
  if (!reader_) reader_ = std::make_unique<RunReader>(store_);
  return *reader_;
}

Engine& Workbench::engine() {
  const std::lock_guard lock(engine_mutex_);
  if (!engine_) engine_ = load_();
  return *engine_;
}

std::vector<RunSummary> Workbench::runs() { return reader().runs(); }

RunSummary Workbench::find_run(std::string_view id_or_name) {
  return reader().find_run(id_or_name);
}

std::vector<IterationRecord> Workbench::iterations(RunId run) { return reader().iterations(run); }

std::vector<EvaluationRecord> Workbench::evaluations(RunId run) {
  return reader().evaluations(run);
}

std::vector<PromptSummary> Workbench::prompts(RunId run, std::int32_t iteration) {
  return reader().prompts(run, iteration);
}

TreeRecord Workbench::tree(RunId run, std::int32_t iteration, PromptId prompt) {
  return reader().tree(run, iteration, prompt);
}

std::optional<Image> Workbench::image(RunId run, std::int32_t iteration, PromptId prompt,
                                      NodeId node) {
  return reader().image(run, iteration, prompt, node);
}

std::vector<CheckpointRow> Workbench::checkpoints(RunId run) { return reader().checkpoints(run); }

RunConfig Workbench::config(RunId run, std::int32_t iteration) {
  return config_at(reader(), run, iteration);
}

CreditTrace Workbench::credit_trace(RunId run, std::int32_t iteration, PromptId prompt) {
  // All prompts: a batch deviation is that of the whole iteration.
  std::vector<TreeRecord> records;
  std::size_t wanted = 0;
  for (const PromptSummary& summary : prompts(run, iteration)) {
    if (summary.prompt == prompt) wanted = records.size();
    records.push_back(tree(run, iteration, summary.prompt));
  }
  if (records.empty()) records.push_back(tree(run, iteration, prompt));  // throws: says why
  CreditState state;
  Credit credit = assign_credit(records, credit_options(config(run, iteration)), state);
  return std::move(credit.records.at(wanted).trace);
}

CheckpointRow Workbench::checkpoint(RunId run, std::optional<std::int32_t> iterations) {
  return chosen_checkpoint(checkpoints(run), find_run(std::to_string(run.value)), iterations);
}

ModelFiles Workbench::model_of(RunId run, std::optional<std::int32_t> checkpoint) {
  const CheckpointRow row = this->checkpoint(run, checkpoint);
  const RunConfig run_config = config(run, row.iterations);
  const char* weights = run_config.ema.decay > 0 ? "ema.safetensors" : "weights.safetensors";
  return {.model = model_path(run_config), .weights = row.path / weights};
}

std::string Workbench::free_name(const std::string& stem) {
  std::vector<RunSummary> taken;
  if (fs::exists(store_)) taken = runs();
  for (std::size_t number = 1;; ++number) {
    const std::string name = stem + "-" + std::to_string(number);
    if (std::none_of(taken.begin(), taken.end(),
                     [&](const RunSummary& run) { return run.name == name; }))
      return name;
  }
}

TrainResult Workbench::train(RunConfig config, RunControl& control, const EventListener& listener) {
  check_config(config);  // before LibTorch is loaded for nothing
  RunPlan plan{.store = store_, .config = with_absolute_paths(std::move(config)), .model = {}};
  plan.model = model_path(plan.config);
  RunSession session(engine(), std::move(plan), control, listener);
  return session.train();
}

std::unique_ptr<RunThread> Workbench::start(RunConfig config) {
  return std::make_unique<RunThread>(
      [this, config = std::move(config)](RunControl& control, const EventListener& listener) {
        train(config, control, listener);
      });
}

TrainResult Workbench::resume(const ResumeRequest& request, RunControl& control,
                              const EventListener& listener) {
  // A reader of its own: this may be a run's thread.
  const RunSummary run = RunReader(store_).find_run(std::to_string(request.run.value));
  const std::int32_t wanted = request.iterations.value_or(run.iterations_planned);
  if (has_iterations(run, wanted)) {
    const TrainResult done{.status = RunStatus::finished, .iterations = run.iterations};
    listener(run.run,
             Warning{"run '" + run.name + "' has " + std::to_string(run.iterations) +
                     " iterations already and " + std::to_string(wanted) +
                    " are wanted: nothing is left to do"});
    listener(run.run, RunFinished{.status = done.status, .iterations = done.iterations});
    return done;
  }
  ClaimedRun claimed = claim_run(store_, request);  // before LibTorch is loaded for nothing
  RunSession session(engine(), std::move(claimed), control, listener);
  return session.train();
}

std::unique_ptr<RunThread> Workbench::start_resumed(const ResumeRequest& request) {
  return std::make_unique<RunThread>(
      [this, request](RunControl& control, const EventListener& listener) {
        resume(request, control, listener);
      });
}

void Workbench::pretrain(const PretrainRequest& request, const ProgressFunction& progress,
                         RunControl& control) {
  engine().pretrain(request, progress, [&control] { return control.next_command(); });
}

}  // namespace treegrpo
