// Reads runs: lists, records and images, through a connection of its own that never writes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/iteration_record.h"
#include "record/probe_record.h"
#include "record/tree_record.h"
#include "store/database.h"
#include "store/regrown_trees.h"
#include "store/run_rows.h"

namespace treegrpo {

// Every call reads committed rows only and holds no transaction when it returns, but within
// at_one_moment. Absence is an Error that says what there is instead, unless noted. Used by one
// thread.
class RunReader {
 public:
  // Throws Error if there is no store, or it cannot be read.
  explicit RunReader(const std::filesystem::path& store_file, const StoreOptions& options = {});
  ~RunReader();
  RunReader(RunReader&&) noexcept;
  RunReader& operator=(RunReader&&) noexcept;

  // All runs, newest last, and those in the trash. A run whose process is gone reads as
  // interrupted.
  std::vector<RunSummary> runs();
  std::vector<RunSummary> trashed_runs();

  // By id or by name. Throws Error that names near names if there is none, or says that it is in
  // the trash, or not there.
  RunSummary find_run(std::string_view id_or_name);
  RunSummary find_trashed_run(std::string_view id_or_name);

  // In the order they were written.
  std::vector<Note> notes(RunId run);

  // The figures kept with a run, by name; the one of a name.
  std::vector<StoredFigure> figures(RunId run);
  StoredFigure figure(RunId run, const std::string& name);

  // Throws Error if there is no such iteration, prompt or node, or one is named without what it
  // belongs to.
  void check_place(RunId run, const NotePlace& place);

  // The config as the run was created with, as TOML, and what was changed since, in order.
  std::string config_toml(RunId run);
  std::vector<ParameterChanged> parameter_changes(RunId run);

  // The prompts that it took from files when it was made; none for scenes, and for a run of a store
  // before version 5.
  std::vector<StoredPrompts> stored_prompts(RunId run);

  // Iterations in order; one iteration.
  std::vector<IterationRecord> iterations(RunId run);
  std::vector<IterationTotals> iteration_totals(RunId run);  // in order
  IterationRecord iteration(RunId run, std::int32_t iteration);

  // Prompts of an iteration in order; empty if there is no such iteration.
  std::vector<PromptSummary> prompts(RunId run, std::int32_t iteration);

  // The record as it was written, images as far as the policy kept them.
  TreeRecord tree(RunId run, std::int32_t iteration, PromptId prompt);
  // The same without images, which take most of the time.
  TreeRecord tree_numbers(RunId run, std::int32_t iteration, PromptId prompt);

  // What was grown again from that tree, pictures included, in the order it was stored.
  std::vector<StoredRegrown> regrown(RunId run, std::int32_t iteration, PromptId prompt);

  // The stored picture of a node; none where the policy kept none. Throws Error if there is no such
  // node.
  std::optional<Image> image(RunId run, std::int32_t iteration, PromptId prompt, NodeId node);

  std::vector<EvaluationRecord> evaluations(RunId run);  // in order of iteration
  std::vector<CheckpointRow> checkpoints(RunId run);     // likewise

  // Probes in order of iterations, with the pictures that were kept; whether there is one of the
  // weights after that many iterations.
  std::vector<ProbeRecord> probes(RunId run);
  bool has_probe(RunId run, std::int32_t iteration);
  // The run at this moment. Throws Error if there is none.
  RunNews news(RunId run);

  // Calls the function; whatever it asks here is of one moment, and sooner had than in calls that
  // stand alone.
  void at_one_moment(const std::function<void()>& questions);

  // True if another connection committed something since the last call (or since opening).
  bool changed();

  const std::string& notice() const;  // as StoreConnection::notice

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace treegrpo
