// The facade: all that a command line or a window does, over one store and one engine that is
// loaded when first needed. Nothing below it is constructed by anyone above it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"
#include "engine/model_work.h"
#include "image/contact_sheet.h"
#include "record/run_config.h"
#include "record/tree_record.h"
#include "store/run_import.h"
#include "store/run_reader.h"
#include "store/run_rows.h"
#include "store/store_care.h"
#include "store/store_check.h"
#include "workbench/before_after.h"
#include "workbench/claimed_run.h"
#include "workbench/config_paths.h"
#include "workbench/regrow.h"
#include "workbench/remote_control.h"
#include "workbench/run_control.h"
#include "workbench/run_library.h"
#include "workbench/run_session.h"
#include "workbench/run_thread.h"
#include "workbench/stored_credit.h"
#include "workbench/stored_model.h"

namespace treegrpo {

// What `runs`, `show` and `image` read may be asked from one thread, what needs the engine from
// another; not two threads of a kind. Everything throws Error with a sentence.
class Workbench {
 public:
  using LoadEngine = std::function<std::shared_ptr<Engine>()>;

  // Opens nothing yet. `load` is load_engine of engine_loader.h, or a test's.
  Workbench(std::filesystem::path store, LoadEngine load);

  const std::filesystem::path& store() const { return store_; }

  // --- The store: no engine is loaded. ---

  std::vector<RunSummary> runs();
  RunSummary find_run(std::string_view id_or_name);
  std::vector<IterationRecord> iterations(RunId run);
  std::vector<EvaluationRecord> evaluations(RunId run);
  std::vector<ProbeRecord> probes(RunId run);  // with their pictures, in order of iterations
  std::vector<PromptSummary> prompts(RunId run, std::int32_t iteration);
  TreeRecord tree(RunId run, std::int32_t iteration, PromptId prompt);
  TreeRecord tree_numbers(RunId run, std::int32_t iteration, PromptId prompt);  // without images
  std::optional<Image> image(RunId run, std::int32_t iteration, PromptId prompt, NodeId node);
  std::vector<CheckpointRow> checkpoints(RunId run);
  RunConfig config(RunId run, std::int32_t iteration);
  std::vector<ParameterChanged> parameter_changes(RunId run);  // since it was made, in order
  // A part of its prompts, with tasks where they have any (run_prompts.h).
  std::vector<Prompt> prompt_set(RunId run, PromptPart part);
  // Its config such that its prompts can be read, whatever became of the files it was made with.
  RunConfig readable_config(RunId run, const RunConfig& config);

  // Runs with their parameters and last numbers, for lists and filters; a run with all its numbers,
  // for comparisons (run_library.h, compare/comparison.h).
  std::vector<LibraryRun> library(std::span<const RunSummary> runs);
  ComparedRun compared_run(const RunSummary& run);

  // A stored tree with its credit made again from its rewards; sets such as "credit.rule=treerpo"
  // say how it is to be other than it was (stored_credit.h).
  CreditedTree credit(RunId run, std::int32_t iteration, PromptId prompt,
                      std::span<const std::string> sets = {});

  // What was grown again from that tree, in the order it was stored; and what the engine is to be
  // told to grow another (regrow.h), whose result is then stored and answered with its id.
  std::vector<StoredRegrown> regrown(RunId run, std::int32_t iteration, PromptId prompt);
  RegrowOptions regrow_options(const RegrowAsked& asked);
  StoredRegrown add_regrown(RunId run, Regrown regrown);

  // The checkpoint after that many iterations; none: the last. Throws Error that says which there
  // are.
  CheckpointRow checkpoint(RunId run, std::optional<std::int32_t> iterations);

  // A run's model with the weights of the checkpoint after that many iterations; none: its last.
  // The EMA weights where the run keeps them. Throws Error that says which checkpoints there are.
  ModelFiles model_of(RunId run, std::optional<std::int32_t> checkpoint);

  // Writes a model file with those weights (Engine::export_model), and answers whose they are. The
  // file's metadata name run, iterations, program and config. Loads the engine.
  WeightsOrigin export_model(RunId run, std::optional<std::int32_t> checkpoint,
                             const std::filesystem::path& out);

  // A name that no run of the store has: "demo-1", "demo-2", …
  std::string free_name(const std::string& stem);

  // --- What users say about runs, and the trash (store/run_notes.h, store/run_trash.h). ---

  std::vector<RunSummary> trashed_runs();
  RunSummary find_trashed_run(std::string_view id_or_name);
  std::vector<Note> notes(RunId run);
  std::vector<StoredFigure> figures(RunId run);  // kept with it, by name
  StoredFigure figure(RunId run, const std::string& name);

  void rename_run(RunId run, const std::string& name);
  void add_tags(RunId run, std::span<const std::string> tags);
  void remove_tags(RunId run, std::span<const std::string> tags);
  // Throws Error that says what there is if the place is not.
  Note add_note(RunId run, const NotePlace& place, const std::string& text);
  void remove_note(RunId run, std::int64_t note);

  // Recipes of figures that are kept with a run (store/run_figures.h).
  StoredFigure put_figure(StoredFigure figure);
  void rename_figure(RunId run, const std::string& name, const std::string& new_name);
  void remove_figure(RunId run, const std::string& name);

  // Copies runs of another store into this one (store/run_import.h), which is made where missing.
  ImportedRun import_run(const std::filesystem::path& source, RunId run,
                         std::span<const ImportedRun> earlier = {});

  void delete_run(RunId run);
  void restore_run(RunId run, const std::optional<std::string>& name = {});
  std::int64_t purge_run(RunId run);  // bytes freed

  // Whether the store can be looked at and nothing more.
  bool read_only() const { return is_read_only(store_); }
  // Whether anybody stored something since the last call, or there is a store at last.
  bool changed();

  // Asks something of a run in another process, as ask_run does (remote_control.h).
  void steer(RunId run, const SteeringCommand& command);

  // --- The store as a whole (store/store_check.h, store_repair.h, store_care.h). ---

  StoreCheck check_store();
  std::vector<std::string> repair_store();
  CompactReport compact_store(const CompactOptions& options = {});
  VacuumReport vacuum_store();

  // --- The engine: loaded by the first call. ---

  Engine& engine();

  // Trains in the calling thread until it ends or `control` stops it. Throws what made it fail.
  TrainResult train(RunConfig config, RunControl& control, const EventListener& listener);
  // Trains on a thread of its own. The workbench must outlive it.
  std::unique_ptr<RunThread> start(RunConfig config);

  // Goes on with a run of the store in the calling thread; afterwards its rows are those of a run
  // that was never interrupted, times apart. A run that has its iterations already is told to have
  // them (Warning, RunFinished) and loads no engine. Throws Error, leaving the run as it was, if it
  // cannot go on; then what made it fail.
  TrainResult resume(const ResumeRequest& request, RunControl& control,
                     const EventListener& listener);
  // Likewise on a thread of its own.
  std::unique_ptr<RunThread> start_resumed(const ResumeRequest& request);

  std::vector<Image> sample(const SampleRequest& request) { return engine().sample(request); }
  EvaluationRecord evaluate(const EvaluateRequest& request) { return engine().evaluate(request); }
  // Both of them, and regrow, as a run in progress offers them: with the weights of its checkpoint
  // after that many iterations, none: the last. Where it has none at all, or `run` is 0, with its
  // model's own, and regrow refuses. config: of the run.
  std::unique_ptr<ModelWork> stored_model(RunId run, const RunConfig& config,
                                          std::optional<std::int32_t> checkpoint = {});
  // All three, with the weights of a checkpoint, none: the last.
  StoredRegrown regrow(const RegrowAsked& asked, std::optional<std::int32_t> checkpoint = {});
  // The weights nearest to those that began that iteration: of a checkpoint, or before the first
  // the model's own, which a run begins with. Null where `live`, of the run in progress, are as
  // near. Reads the store and loads the engine, like all of this part.
  std::unique_ptr<ModelWork> nearest_model(RunId run, const RunConfig& config,
                                           std::int32_t iteration,
                                           const std::optional<WeightsOrigin>& live = {});
  // The pictures of the way to a node of a stored tree, with those weights, or a checkpoint's.
  DrawnPath draw(RunId run, std::int32_t iteration, PromptId prompt, NodeId node,
                 std::optional<std::int32_t> checkpoint = {});
  void pretrain(const PretrainRequest& request, const ProgressFunction& progress,
                RunControl& control);
  ContactSheet compare(const BeforeAfter& request) { return before_after_sheet(engine(), request); }

 private:
  RunReader& reader();
  StoredWeights weights_after(RunId run, const RunConfig& config, const CheckpointRow& row);
  StoreConnection writable();  // throws Error if there is no store yet

  const std::filesystem::path store_;
  const LoadEngine load_;
  std::unique_ptr<RunReader> reader_;
  LibraryMemory library_;
  std::mutex engine_mutex_;
  std::shared_ptr<Engine> engine_;  // guarded by engine_mutex_
};

}  // namespace treegrpo
