#include "workbench/workbench.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <utility>

#include "base/error.h"
#include "record/config_toml.h"
#include "store/run_figures.h"
#include "store/run_notes.h"
#include "store/run_trash.h"
#include "store/store_repair.h"
#include "tree/check_config.h"
#include "workbench/provenance.h"
#include "workbench/run_prompts.h"
#include "workbench/stored_config.h"
#include "workbench/stored_model.h"

namespace treegrpo {
namespace {

namespace fs = std::filesystem;

StoredWeights model_itself(const RunConfig& config) {
  return {.shown = {.model = model_path(config), .weights = {}}, .trained = {}, .origin = {}};
}

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

std::vector<ProbeRecord> Workbench::probes(RunId run) { return reader().probes(run); }

std::vector<PromptSummary> Workbench::prompts(RunId run, std::int32_t iteration) {
  return reader().prompts(run, iteration);
}

TreeRecord Workbench::tree_numbers(RunId run, std::int32_t iteration, PromptId prompt) {
  return reader().tree_numbers(run, iteration, prompt);
}

TreeRecord Workbench::tree(RunId run, std::int32_t iteration, PromptId prompt) {
  return reader().tree(run, iteration, prompt);
}

std::optional<Image> Workbench::image(RunId run, std::int32_t iteration, PromptId prompt,
                                      NodeId node) {
  return reader().image(run, iteration, prompt, node);
}

std::vector<StoredRegrown> Workbench::regrown(RunId run, std::int32_t iteration, PromptId prompt) {
  return reader().regrown(run, iteration, prompt);
}

RegrowOptions Workbench::regrow_options(const RegrowAsked& asked) {
  return treegrpo::regrow_options(reader(), asked);
}

StoredRegrown Workbench::add_regrown(RunId run, Regrown regrown) {
  StoreConnection store = writable();
  const std::int64_t id = treegrpo::add_regrown(store, run, regrown);
  return {.id = id, .regrown = std::move(regrown)};
}

std::vector<CheckpointRow> Workbench::checkpoints(RunId run) { return reader().checkpoints(run); }

RunConfig Workbench::config(RunId run, std::int32_t iteration) {
  return config_at(reader(), run, iteration);
}

std::vector<ParameterChanged> Workbench::parameter_changes(RunId run) {
  return reader().parameter_changes(run);
}

std::vector<LibraryRun> Workbench::library(std::span<const RunSummary> runs) {
  return library_runs(reader(), runs, library_);
}

ComparedRun Workbench::compared_run(const RunSummary& run) {
  return treegrpo::compared_run(reader(), run);
}

std::vector<Prompt> Workbench::prompt_set(RunId run, PromptPart part) {
  return prompts_of_run(reader(), run, config(run, 0), part);
}

RunConfig Workbench::readable_config(RunId run, const RunConfig& config) {
  return with_stored_prompts(reader(), run, config,
                             checkpoint_folder(store_, run.value, 0).parent_path())
      .config;
}

CreditedTree Workbench::credit(RunId run, std::int32_t iteration, PromptId prompt,
                               std::span<const std::string> sets) {
  return credit_again(reader(), run, iteration, prompt, sets);
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

WeightsOrigin Workbench::export_model(RunId run, std::optional<std::int32_t> checkpoint,
                                      const fs::path& out) {
  const std::int32_t iterations = this->checkpoint(run, checkpoint).iterations;
  const RunConfig run_config = config(run, iterations);
  engine().export_model({.model = model_of(run, iterations),
                         .fingerprint = run_config.model.fingerprint,
                         .out = out,
                         .about = {{"treegrpo_run", find_run(std::to_string(run.value)).name},
                                   {"treegrpo_iterations", std::to_string(iterations)},
                                   {"treegrpo_version", program_version()},
                                   {"treegrpo_config", config_toml(run_config)}}});
  return {.iterations = iterations, .updating = false, .averaged = run_config.ema.decay > 0};
}

std::string Workbench::free_name(const std::string& stem) {
  std::vector<RunSummary> taken;
  if (fs::exists(store_)) {
    taken = runs();
    for (RunSummary& run : trashed_runs()) taken.push_back(std::move(run));  // may come back
  }
  for (std::size_t number = 1;; ++number) {
    const std::string name = stem + "-" + std::to_string(number);
    if (std::none_of(taken.begin(), taken.end(),
                     [&](const RunSummary& run) { return run.name == name; }))
      return name;
  }
}

std::vector<RunSummary> Workbench::trashed_runs() { return reader().trashed_runs(); }

RunSummary Workbench::find_trashed_run(std::string_view id_or_name) {
  return reader().find_trashed_run(id_or_name);
}

std::vector<Note> Workbench::notes(RunId run) { return reader().notes(run); }

std::vector<StoredFigure> Workbench::figures(RunId run) { return reader().figures(run); }

StoredFigure Workbench::figure(RunId run, const std::string& name) {
  return reader().figure(run, name);
}

StoreConnection Workbench::writable() {
  reader();
  return {store_, StoreAccess::write};
}

void Workbench::rename_run(RunId run, const std::string& name) {
  StoreConnection store = writable();
  treegrpo::rename_run(store, run, name);
}

void Workbench::add_tags(RunId run, std::span<const std::string> tags) {
  StoreConnection store = writable();
  treegrpo::add_tags(store, run, tags);
}

void Workbench::remove_tags(RunId run, std::span<const std::string> tags) {
  StoreConnection store = writable();
  treegrpo::remove_tags(store, run, tags);
}

Note Workbench::add_note(RunId run, const NotePlace& place, const std::string& text) {
  StoreConnection store = writable();
  reader().check_place(run, place);
  return treegrpo::add_note(store, run, place, text);
}

void Workbench::remove_note(RunId run, std::int64_t note) {
  StoreConnection store = writable();
  treegrpo::remove_note(store, run, note);
}

StoredFigure Workbench::put_figure(StoredFigure figure) {
  StoreConnection store = writable();
  return treegrpo::put_figure(store, std::move(figure));
}

void Workbench::rename_figure(RunId run, const std::string& name, const std::string& new_name) {
  StoreConnection store = writable();
  treegrpo::rename_figure(store, run, name, new_name);
}

void Workbench::remove_figure(RunId run, const std::string& name) {
  StoreConnection store = writable();
  treegrpo::remove_figure(store, run, name);
}

ImportedRun Workbench::import_run(const fs::path& source, RunId run,
                                  std::span<const ImportedRun> earlier) {
  StoreConnection store(store_, StoreAccess::write);
  return treegrpo::import_run(store, source, run, earlier);
}

void Workbench::delete_run(RunId run) {
  StoreConnection store = writable();
  treegrpo::delete_run(store, run);
}

void Workbench::restore_run(RunId run, const std::optional<std::string>& name) {
  StoreConnection store = writable();
  treegrpo::restore_run(store, run, name);
}

std::int64_t Workbench::purge_run(RunId run) {
  StoreConnection store = writable();
  return treegrpo::purge_run(store, run);
}

void Workbench::steer(RunId run, const SteeringCommand& command) {
  ask_run(reader(), store_, run, command);
}

bool Workbench::changed() {
  std::error_code none;
  if (!fs::exists(store_, none)) return false;
  const bool first = reader_ == nullptr;
  return reader().changed() || first;
}

StoreCheck Workbench::check_store() {
  StoreConnection store(store_, StoreAccess::read);
  return treegrpo::check_store(store);
}

std::vector<std::string> Workbench::repair_store() {
  StoreConnection store = writable();
  return treegrpo::repair_store(store);
}

CompactReport Workbench::compact_store(const CompactOptions& options) {
  StoreConnection store = writable();
  return treegrpo::compact_store(store, options);
}

VacuumReport Workbench::vacuum_store() {
  StoreConnection store = writable();
  return treegrpo::vacuum_store(store);
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
    listener(run.run, Warning{"run '" + run.name + "' has " + std::to_string(run.iterations) +
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

std::unique_ptr<ModelWork> Workbench::stored_model(RunId run, const RunConfig& config,
                                                   std::optional<std::int32_t> checkpoint) {
  StoredWeights weights = model_itself(config);
  if (checkpoint || (run.value > 0 && !checkpoints(run).empty()))
    weights = weights_after(run, config, this->checkpoint(run, checkpoint));
  return std::make_unique<StoredModel>(engine(), std::move(weights),
                                       run.value > 0 ? readable_config(run, config) : config);
}

StoredWeights Workbench::weights_after(RunId run, const RunConfig& config,
                                       const CheckpointRow& row) {
  StoredWeights weights = model_itself(config);
  weights.trained = weights.shown;
  weights.trained->weights = row.path / "weights.safetensors";
  weights.shown = model_of(run, row.iterations);
  weights.origin = {.iterations = row.iterations,
                    .updating = false,
                    .averaged = weights.shown.weights != weights.trained->weights};
  return weights;
}

std::unique_ptr<ModelWork> Workbench::nearest_model(RunId run, const RunConfig& config,
                                                    std::int32_t iteration,
                                                    const std::optional<WeightsOrigin>& live) {
  double least = iteration;  // of the model's own
  std::optional<CheckpointRow> nearest;
  for (const CheckpointRow& row : checkpoints(run)) {
    const double distance = std::abs(row.iterations - iteration);
    if (distance >= least) continue;
    least = distance;
    nearest = row;
  }
  // A part of an update is a step off its iteration.
  if (live && std::abs(live->iterations + (live->updating ? .5 : 0) - iteration) <= least)
    return nullptr;
  return std::make_unique<StoredModel>(
      engine(), nearest ? weights_after(run, config, *nearest) : model_itself(config), config);
}

DrawnPath Workbench::draw(RunId run, std::int32_t iteration, PromptId prompt, NodeId node,
                          std::optional<std::int32_t> checkpoint) {
  const DrawOptions options{.way = way_to(tree(run, iteration, prompt), node),
                            .config = config(run, iteration)};
  const auto model = checkpoint ? stored_model(run, options.config, checkpoint)
                                : nearest_model(run, options.config, iteration);
  return model->draw(options);
}

StoredRegrown Workbench::regrow(const RegrowAsked& asked, std::optional<std::int32_t> checkpoint) {
  const RegrowOptions options = regrow_options(asked);
  const std::int32_t iterations = this->checkpoint(asked.run, checkpoint).iterations;
  const auto model = stored_model(asked.run, options.config, iterations);
  return add_regrown(asked.run, model->regrow(options));
}

void Workbench::pretrain(const PretrainRequest& request, const ProgressFunction& progress,
                         RunControl& control) {
  engine().pretrain(request, progress,
                    [&control] { return control.next_command(SafePoint::part); });
}

}  // namespace treegrpo
