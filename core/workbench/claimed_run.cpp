#include "workbench/claimed_run.h"

#include <algorithm>
#include <ranges>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "base/machine.h"
#include "record/config_changes.h"
#include "store/run_reader.h"
#include "workbench/config_paths.h"
#include "workbench/live_changes.h"
#include "workbench/run_prompts.h"
#include "workbench/stored_config.h"

namespace treegrpo {
namespace {

namespace fs = std::filesystem;

// "checkpoint-000123", and the same while it is being written.
bool is_checkpoint(std::string_view name) {
  constexpr std::string_view start = "checkpoint-";
  if (!name.starts_with(start)) return false;
  const std::size_t end = name.find_first_not_of("0123456789", start.size());
  return end == std::string_view::npos || name.substr(end) == ".unfinished";
}

std::string iterations_of(const std::vector<CheckpointRow>& rows) {
  std::string text;
  for (const CheckpointRow& row : rows)
    text += (text.empty() ? "" : ", ") + std::to_string(row.iterations);
  return text;
}

// Where a run goes on from; none: from iteration 0.
std::optional<CheckpointRow> start_of(const std::vector<CheckpointRow>& rows, const RunSummary& run,
                                      std::optional<std::int32_t> iterations) {
  const bool from_beginning = iterations == 0 && (rows.empty() || rows.front().iterations > 0);
  if (from_beginning || (rows.empty() && !iterations)) return std::nullopt;
  return chosen_checkpoint(rows, run, iterations);
}

// What is wrong with a checkpoint; none if a run can go on from it.
std::optional<Error> problem(Engine& engine, const TrainRequest& request,
                             const CheckpointRow& checkpoint) {
  try {
    engine.check_checkpoint(request, checkpoint.path);
    return std::nullopt;
  } catch (const Error& error) {
    return error;
  }
}

std::string way_out(Engine& engine, const TrainRequest& request, const ClaimedRun& run) {
  for (const CheckpointRow& row : std::views::reverse(run.checkpoints))
    if (row.iterations < run.from->iterations && !problem(engine, request, row))
      return "resume with --checkpoint " + std::to_string(row.iterations) +
             " to go on from the one before it";
  return "there is none before it to go on from; resume with --checkpoint 0 to begin anew";
}

}  // namespace

CheckpointRow chosen_checkpoint(const std::vector<CheckpointRow>& checkpoints,
                                const RunSummary& run, std::optional<std::int32_t> iterations) {
  if (checkpoints.empty())
    throw Error("run '" + run.name + "' has no checkpoint; it was ended before it wrote one");
  if (!iterations) return checkpoints.back();
  for (const CheckpointRow& row : checkpoints)
    if (row.iterations == *iterations) return row;
  throw Error("run '" + run.name + "' has no checkpoint " + std::to_string(*iterations) +
              "; it has those after " + iterations_of(checkpoints) + " iterations");
}

bool has_iterations(const RunSummary& run, std::int32_t iterations) {
  return run.iterations > iterations ||
         (run.iterations == iterations && run.status == RunStatus::finished);
}

ClaimedRun claim_run(const std::filesystem::path& store, const ResumeRequest& request) {
  ClaimedRun run{.writer = std::make_unique<RunWriter>(store), .summary = {}, .config = {}};
  run.writer->claim_run(request.run);
  RunReader reader(store);
  run.summary = reader.find_run(std::to_string(request.run.value));
  run.config = stored_config(reader, request.run);
  run.config.run.name = run.summary.name;
  run.config.run.iterations = request.iterations.value_or(run.summary.iterations_planned);
  run.changes = reader.parameter_changes(request.run);
  run.checkpoints = reader.checkpoints(request.run);
  run.from = start_of(run.checkpoints, run.summary, request.checkpoint);
  run.model = request.model.empty() ? model_path(run.config) : request.model;
  StoredPromptsUsed used = with_stored_prompts(reader, request.run, std::move(run.config),
                                               run.writer->checkpoint_folder(0).parent_path());
  run.config = std::move(used.config);
  run.warnings = std::move(used.sentences);
  const std::int32_t next = run.from ? run.from->iterations : 0;
  run.is_probed = reader.has_probe(request.run, next);
  run.new_changes = live_changes({run.config, run.changes}, next,
                                 {.assignments = request.sets, .author = user_and_host()});
  add_changes(run.changes, run.new_changes);
  return run;
}

void check_start(Engine& engine, const TrainRequest& request, const ClaimedRun& run) {
  if (!run.from) return;
  if (const auto error = problem(engine, request, *run.from))
    throw Error("the checkpoint of run '" + run.summary.name + "' after " +
                    std::to_string(run.from->iterations) + " iterations cannot be used: " +
                    error->what() + "; " + way_out(engine, request, run),
                error->kind());
}

void remove_leftovers(const fs::path& folder, const ClaimedRun& run) {
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
    const auto is_entry = [&](const CheckpointRow& row) {
      return row.path.filename() == entry.path().filename();
    };
    if (is_checkpoint(entry.path().filename().string()) &&
        std::ranges::none_of(run.checkpoints, is_entry))
      fs::remove_all(entry.path(), ignored);
  }
}

std::vector<std::int32_t> damaged_later(Engine& engine, const TrainRequest& request,
                                        const ClaimedRun& run) {
  const std::int32_t from = run.from ? run.from->iterations : 0;
  std::vector<std::int32_t> damaged;
  for (const CheckpointRow& row : run.checkpoints)
    if (row.iterations > from && problem(engine, request, row)) damaged.push_back(row.iterations);
  return damaged;
}

}  // namespace treegrpo
