#include "store/run_reader.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "store/image_rows.h"
#include "store/iteration_rows.h"
#include "store/near_names.h"
#include "store/run_owner.h"
#include "store/sql.h"
#include "store/tree_rows.h"

namespace treegrpo {
namespace {

namespace fs = std::filesystem;

constexpr const char* select_runs_sql = R"sql(
SELECT id, name, method, status, failure, iterations, iterations_planned, seed, created, updated,
  image_bytes, program_version, program_commit, host, cpu, device, torch, threads, owner_host,
  owner_pid, owner_boot_id, owner_started, heartbeat
FROM run ORDER BY id)sql";

constexpr const char* select_config_sql = "SELECT config FROM run WHERE id = ?";
constexpr const char* select_changes_sql = R"sql(
SELECT iteration, key, old_value, new_value FROM parameter_change WHERE run = ?
ORDER BY iteration, id)sql";
constexpr const char* select_range_sql =
    "SELECT min(iteration), max(iteration), count(*) FROM iteration WHERE run = ?";
constexpr const char* select_node_sql = R"sql(
SELECT 1 FROM tree JOIN node ON node.tree = tree.id
WHERE tree.run = ? AND tree.iteration = ? AND tree.prompt = ? AND tree.purpose = 'train'
  AND node.node = ?)sql";
constexpr const char* select_checkpoints_sql =
    "SELECT iterations, path, score, created FROM checkpoint WHERE run = ? ORDER BY iterations";
constexpr const char* data_version_sql = "PRAGMA data_version";

// As stored, except that a run whose process is gone is interrupted, whatever it said last.
RunStatus status_from_row(const Query& row, int owner) {
  const RunStatus status = run_status_from_name(row.text(3));
  const bool at_work =
      status == RunStatus::preparing || status == RunStatus::running || status == RunStatus::paused;
  if (!at_work) return status;
  if (row.is_null(owner)) return RunStatus::interrupted;
  const RunOwner process{.host = row.text(owner),
                         .pid = row.integer(owner + 1),
                         .boot_id = row.text(owner + 2),
                         .started = row.integer(owner + 3)};
  return is_alive(process, row.real(owner + 4)) ? status : RunStatus::interrupted;
}

RunSummary summary_from_row(const Query& row) {
  return {.run = {row.integer(0)},
          .name = row.text(1),
          .method = row.text(2),
          .status = status_from_row(row, 18),
          .failure = row.text(4),
          .iterations = row.integer32(5),
          .iterations_planned = row.integer32(6),
          .seed = static_cast<std::uint64_t>(row.integer(7)),
          .created = row.text(8),
          .updated = row.text(9),
          .image_bytes = row.integer(10),
          .provenance = {.version = row.text(11),
                         .commit = row.text(12),
                         .host = row.text(13),
                         .cpu = row.text(14),
                         .device = row.text(15),
                         .torch = row.text(16),
                         .threads = row.integer32(17)}};
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    text += text.empty() ? "'" : ", '";
    text += name;
    text += '\'';
  }
  return text;
}

// What to say to somebody who asked for a run that is not there.
Error unknown_run(std::string_view asked, const std::vector<RunSummary>& runs) {
  if (runs.empty())
    return Error("there is no run '" + std::string(asked) + "': the store holds no runs yet");
  std::vector<std::string> names;
  for (const RunSummary& run : runs) names.push_back(run.name);
  std::vector<std::string> near = near_names(asked, names);
  const std::string start = "there is no run '" + std::string(asked) + "'; ";
  if (!near.empty()) return Error(start + "did you mean " + joined(near) + "?");
  return Error(start + "the newest is '" + runs.back().name + "' (id " +
               std::to_string(runs.back().run.value) + ")");
}

}  // namespace

struct RunReader::Parts {
  StoreConnection connection;
  Statements statements;
  std::int64_t data_version = 0;

  Parts(const fs::path& file, const StoreOptions& options)
      : connection(file, StoreAccess::read, options), statements(connection.database()) {}

  // Everything the function reads is of one moment.
  template <typename Function>
  auto read(Function&& function) {
    return in_store(connection.file(), [&] {
      const SQLite::Transaction snapshot(connection.database());  // ended by its destructor
      return function();
    });
  }

  std::int64_t current_version() {
    Query row(statements[data_version_sql]);
    return row.next() ? row.integer(0) : 0;
  }

  std::vector<RunSummary> runs() {
    std::vector<RunSummary> list;
    Query rows(statements[select_runs_sql]);
    while (rows.next()) list.push_back(summary_from_row(rows));
    return list;
  }

  Error no_iteration(RunId run, std::int32_t iteration) {
    const std::string start = "run " + std::to_string(run.value) + " has no iteration " +
                              std::to_string(iteration) + " in the store; ";
    Query row(statements[select_range_sql], run.value);
    if (!row.next() || row.integer(2) == 0) return Error(start + "it has none yet");
    return Error(start + "it has " + row.text(0) + " to " + row.text(1));
  }

  Error no_prompt(RunId run, std::int32_t iteration, PromptId prompt) {
    const std::vector<PromptSummary> prompts = select_prompts(statements, run, iteration);
    if (prompts.empty()) return no_iteration(run, iteration);
    return Error("iteration " + std::to_string(iteration) + " of run " + std::to_string(run.value) +
                 " has no prompt " + std::to_string(prompt.value) + "; it has " +
                 std::to_string(prompts.front().prompt.value) + " to " +
                 std::to_string(prompts.back().prompt.value));
  }

  void check_node(RunId run, std::int32_t iteration, PromptId prompt, NodeId node) {
    Query row(statements[select_node_sql], run.value, iteration, prompt.value, node.value);
    if (row.next()) return;
    const std::optional<TreeRecord> tree = select_tree(statements, run, iteration, prompt);
    if (!tree) throw no_prompt(run, iteration, prompt);
    throw Error("the tree of iteration " + std::to_string(iteration) + ", prompt " +
                std::to_string(prompt.value) + " has no node " + std::to_string(node.value) +
                "; it has 0 to " + std::to_string(tree->nodes.size() - 1));
  }
};

RunReader::RunReader(const fs::path& store_file, const StoreOptions& options)
    : parts_(std::make_unique<Parts>(store_file, options)) {
  changed();
}

RunReader::~RunReader() = default;
RunReader::RunReader(RunReader&&) noexcept = default;
RunReader& RunReader::operator=(RunReader&&) noexcept = default;

std::vector<RunSummary> RunReader::runs() {
  return parts_->read([&] { return parts_->runs(); });
}

RunSummary RunReader::find_run(std::string_view id_or_name) {
  const std::vector<RunSummary> list = runs();
  std::int64_t id = 0;
  const auto [end, failure] =
      std::from_chars(id_or_name.data(), id_or_name.data() + id_or_name.size(), id);
  const bool is_id = failure == std::errc() && end == id_or_name.data() + id_or_name.size();
  for (const RunSummary& run : list)
    if (is_id ? run.run.value == id : run.name == id_or_name) return run;
  throw unknown_run(id_or_name, list);
}

std::string RunReader::config_toml(RunId run) {
  return parts_->read([&] {
    Query row(parts_->statements[select_config_sql], run.value);
    if (!row.next()) throw Error("there is no run " + std::to_string(run.value));
    return row.text(0);
  });
}

std::vector<ParameterChanged> RunReader::parameter_changes(RunId run) {
  return parts_->read([&] {
    std::vector<ParameterChanged> changes;
    Query rows(parts_->statements[select_changes_sql], run.value);
    while (rows.next())
      changes.push_back({.iteration = rows.integer32(0),
                         .key = rows.text(1),
                         .old_value = rows.text(2),
                         .new_value = rows.text(3)});
    return changes;
  });
}

std::vector<IterationRecord> RunReader::iterations(RunId run) {
  return parts_->read([&] { return select_iterations(parts_->statements, run); });
}

IterationRecord RunReader::iteration(RunId run, std::int32_t iteration) {
  return parts_->read([&] {
    std::optional<IterationRecord> record = select_iteration(parts_->statements, run, iteration);
    if (!record) throw parts_->no_iteration(run, iteration);
    return *std::move(record);
  });
}

std::vector<PromptSummary> RunReader::prompts(RunId run, std::int32_t iteration) {
  return parts_->read([&] { return select_prompts(parts_->statements, run, iteration); });
}

TreeRecord RunReader::tree(RunId run, std::int32_t iteration, PromptId prompt) {
  return parts_->read([&] {
    std::optional<TreeRecord> record = select_tree(parts_->statements, run, iteration, prompt);
    if (!record) throw parts_->no_prompt(run, iteration, prompt);
    select_images(parts_->statements, run, *record);
    return *std::move(record);
  });
}

std::optional<Image> RunReader::image(RunId run, std::int32_t iteration, PromptId prompt,
                                      NodeId node) {
  return parts_->read([&] {
    parts_->check_node(run, iteration, prompt, node);
    return select_image(parts_->statements, run, iteration, prompt, node);
  });
}

std::vector<EvaluationRecord> RunReader::evaluations(RunId run) {
  return parts_->read([&] { return select_evaluations(parts_->statements, run); });
}

std::vector<CheckpointRow> RunReader::checkpoints(RunId run) {
  const fs::path folder = fs::absolute(store_files_folder(parts_->connection.file()));
  return parts_->read([&] {
    std::vector<CheckpointRow> rows_found;
    Query rows(parts_->statements[select_checkpoints_sql], run.value);
    while (rows.next())
      rows_found.push_back({.iterations = rows.integer32(0),
                            .path = folder / rows.text(1),
                            .score = rows.real(2),
                            .created = rows.text(3)});
    return rows_found;
  });
}

bool RunReader::changed() {
  const std::int64_t version =
      in_store(parts_->connection.file(), [&] { return parts_->current_version(); });
  return std::exchange(parts_->data_version, version) != version;
}

const std::string& RunReader::notice() const { return parts_->connection.notice(); }

}  // namespace treegrpo
