#include "store/run_reader.h"

#include <utility>

#include "store/figure_rows.h"
#include "store/image_rows.h"
#include "store/iteration_rows.h"
#include "store/probe_rows.h"
#include "store/prompt_rows.h"
#include "store/run_list.h"
#include "store/run_news.h"
#include "store/sql.h"
#include "store/tree_rows.h"

namespace treegrpo {
namespace {

namespace fs = std::filesystem;

constexpr const char* select_config_sql = "SELECT config FROM run WHERE id = ?";
constexpr const char* select_changes_sql = R"sql(
SELECT iteration, key, old_value, new_value, author FROM parameter_change WHERE run = ?
ORDER BY iteration, id)sql";
constexpr const char* select_range_sql =
    "SELECT min(iteration), max(iteration), count(*) FROM iteration WHERE run = ?";
constexpr const char* select_node_sql = R"sql(
SELECT 1 FROM tree JOIN node ON node.tree = tree.id
WHERE tree.run = ? AND tree.iteration = ? AND tree.prompt = ? AND tree.purpose = 'train'
  AND node.node = ?)sql";
constexpr const char* select_checkpoints_sql =
    "SELECT iterations, path, score, created FROM checkpoint WHERE run = ? ORDER BY iterations";
constexpr const char* select_notes_sql =
    "SELECT id, iteration, prompt, node, text, created FROM note WHERE run = ? ORDER BY id";
constexpr const char* data_version_sql = "PRAGMA data_version";

}  // namespace

struct RunReader::Parts {
  StoreConnection connection;
  Statements statements;
  std::int64_t data_version = 0;
  bool in_snapshot = false;

  Parts(const fs::path& file, const StoreOptions& options)
      : connection(file, StoreAccess::read, options), statements(connection.database()) {}

  // Everything the function reads is of one moment.
  template <typename Function>
  auto read(Function&& function) {
    return in_store(connection.file(), [&] {
      if (in_snapshot) return function();
      const SQLite::Transaction snapshot(connection.database());  // ended by its destructor
      return function();
    });
  }

  void read_at_one_moment(const std::function<void()>& questions) {
    read([&] {
      const bool outer = std::exchange(in_snapshot, true);
      try {
        questions();
      } catch (...) {
        in_snapshot = outer;
        throw;
      }
      in_snapshot = outer;
    });
  }

  std::int64_t current_version() {
    Query row(statements[data_version_sql]);
    return row.next() ? row.integer(0) : 0;
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

  // A record without its images.
  TreeRecord numbers(RunId run, std::int32_t iteration, PromptId prompt) {
    std::optional<TreeRecord> record = select_tree(statements, run, iteration, prompt);
    if (!record) throw no_prompt(run, iteration, prompt);
    return *std::move(record);
  }

  void check_iteration(RunId run, std::int32_t iteration) {
    if (!select_iteration(statements, run, iteration)) throw no_iteration(run, iteration);
  }

  void check_prompt(RunId run, std::int32_t iteration, PromptId prompt) {
    for (const PromptSummary& summary : select_prompts(statements, run, iteration))
      if (summary.prompt == prompt) return;
    throw no_prompt(run, iteration, prompt);
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
  return parts_->read([&] { return select_runs(parts_->statements); });
}

std::vector<RunSummary> RunReader::trashed_runs() {
  return parts_->read([&] { return select_trashed_runs(parts_->statements); });
}

RunSummary RunReader::find_run(std::string_view id_or_name) {
  return parts_->read([&] { return run_of(parts_->statements, id_or_name); });
}

RunSummary RunReader::find_trashed_run(std::string_view id_or_name) {
  return parts_->read([&] { return trashed_run_of(parts_->statements, id_or_name); });
}

std::vector<Note> RunReader::notes(RunId run) {
  return parts_->read([&] {
    std::vector<Note> notes;
    Query rows(parts_->statements[select_notes_sql], run.value);
    while (rows.next())
      notes.push_back({.id = rows.integer(0),
                       .run = run,
                       .place = {.iteration = rows.integer_or_none(1),
                                 .prompt = rows.integer_or_none(2),
                                 .node = rows.integer_or_none(3)},
                       .text = rows.text(4),
                       .created = rows.text(5)});
    return notes;
  });
}

std::vector<StoredFigure> RunReader::figures(RunId run) {
  return parts_->read([&] { return select_figures(parts_->statements, run); });
}

StoredFigure RunReader::figure(RunId run, const std::string& name) {
  return parts_->read([&] {
    for (StoredFigure& figure : select_figures(parts_->statements, run))
      if (figure.name == name) return std::move(figure);
    throw no_figure(parts_->statements, run, name);
  });
}

void RunReader::check_place(RunId run, const NotePlace& place) {
  if ((place.prompt && !place.iteration) || (place.node && !place.prompt))
    throw Error("a prompt is named with its iteration, a node with its iteration and prompt",
                ErrorKind::usage);
  parts_->read([&] {
    if (place.node)
      parts_->check_node(run, *place.iteration, {*place.prompt}, {*place.node});
    else if (place.prompt)
      parts_->check_prompt(run, *place.iteration, {*place.prompt});
    else if (place.iteration)
      parts_->check_iteration(run, *place.iteration);
  });
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
                         .new_value = rows.text(3),
                         .author = rows.text(4)});
    return changes;
  });
}

std::vector<StoredPrompts> RunReader::stored_prompts(RunId run) {
  return parts_->read([&] { return select_stored_prompts(parts_->statements, run); });
}

std::vector<IterationRecord> RunReader::iterations(RunId run) {
  return parts_->read([&] { return select_iterations(parts_->statements, run); });
}

std::vector<IterationTotals> RunReader::iteration_totals(RunId run) {
  return parts_->read([&] { return select_iteration_totals(parts_->statements, run); });
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
    TreeRecord record = parts_->numbers(run, iteration, prompt);
    select_images(parts_->statements, run, record);
    return record;
  });
}

std::vector<StoredRegrown> RunReader::regrown(RunId run, std::int32_t iteration, PromptId prompt) {
  return parts_->read([&] {
    parts_->check_prompt(run, iteration, prompt);
    return select_regrown(parts_->statements, run, iteration, prompt);
  });
}

TreeRecord RunReader::tree_numbers(RunId run, std::int32_t iteration, PromptId prompt) {
  return parts_->read([&] { return parts_->numbers(run, iteration, prompt); });
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

std::vector<ProbeRecord> RunReader::probes(RunId run) {
  return parts_->read([&] { return select_probes(parts_->statements, run); });
}

bool RunReader::has_probe(RunId run, std::int32_t iteration) {
  return parts_->read([&] { return treegrpo::has_probe(parts_->statements, run, iteration); });
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

RunNews RunReader::news(RunId run) {
  return parts_->read([&] {
    const std::optional<RunNews> news = select_news(parts_->statements, run);
    if (!news) throw Error("there is no run " + std::to_string(run.value));
    return *news;
  });
}

void RunReader::at_one_moment(const std::function<void()>& questions) {
  parts_->read_at_one_moment(questions);
}

bool RunReader::changed() {
  const std::int64_t version =
      in_store(parts_->connection.file(), [&] { return parts_->current_version(); });
  return std::exchange(parts_->data_version, version) != version;
}

const std::string& RunReader::notice() const { return parts_->connection.notice(); }

}  // namespace treegrpo
