#include "store/run_writer.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/parallel.h"
#include "store/command_rows.h"
#include "store/image_rows.h"
#include "store/iteration_rows.h"
#include "store/owner_rows.h"
#include "store/probe_rows.h"
#include "store/prompt_rows.h"
#include "store/run_names.h"
#include "store/sql.h"
#include "store/tree_problem.h"
#include "store/tree_rows.h"

namespace treegrpo {
namespace {

namespace fs = std::filesystem;

constexpr const char* insert_run_sql = R"sql(
INSERT INTO run(name, method, config, seed, status, created, updated, iterations_planned,
  image_every, image_size, image_budget_mb, program_version, program_commit, host, cpu, device,
  torch, threads, wait_policy)
VALUES(?, ?, ?, ?, 'preparing', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql";

constexpr const char* select_claimed_sql = R"sql(
SELECT name, status, failure, image_every, image_size, image_budget_mb, deleted, threads
FROM run WHERE id = ?)sql";

constexpr const char* own_run_sql = R"sql(
UPDATE run SET status = 'preparing', failure = NULL, owner_host = ?, owner_pid = ?,
  owner_boot_id = ?, owner_started = ?, heartbeat = ?, updated = ?
WHERE id = ?)sql";

constexpr const char* touch_run_sql = R"sql(
UPDATE run SET heartbeat = ?, updated = ?
WHERE id = ? AND owner_host = ? AND owner_pid = ? AND owner_boot_id = ? AND owner_started = ?)sql";

constexpr const char* image_bytes_sql = "SELECT image_bytes FROM run WHERE id = ?";
constexpr const char* finish_iteration_sql =
    "UPDATE run SET image_bytes = ?, iterations = max(iterations, ?) WHERE id = ?";
constexpr const char* set_image_bytes_sql = "UPDATE run SET image_bytes = ? WHERE id = ?";
constexpr const char* insert_checkpoint_sql =
    "INSERT OR REPLACE INTO checkpoint(run, iterations, path, score, created) "
    "VALUES(?, ?, ?, ?, ?)";
constexpr const char* delete_checkpoint_sql =
    "DELETE FROM checkpoint WHERE run = ? AND iterations = ?";
constexpr const char* insert_change_sql = R"sql(
INSERT INTO parameter_change(run, iteration, key, old_value, new_value, created, author)
VALUES(?, ?, ?, ?, ?, ?, ?))sql";
constexpr const char* planned_sql = "UPDATE run SET iterations_planned = ? WHERE id = ?";

bool gives_up(RunStatus status) {
  return status == RunStatus::finished || status == RunStatus::stopped ||
         status == RunStatus::failed || status == RunStatus::interrupted;
}

std::vector<const TreeRecord*> pointers(std::span<const TreeRecord> trees) {
  std::vector<const TreeRecord*> list;
  for (const TreeRecord& tree : trees) list.push_back(&tree);
  return list;
}

// What a run was before it was claimed.
struct FormerStatus {
  RunStatus status = RunStatus::interrupted;
  std::string failure = {};
};

// Of a row of select_claimed_sql whose owner is gone.
FormerStatus former_status(const Query& row) {
  const RunStatus status = run_status_from_name(row.text(1));
  if (!gives_up(status)) return {};
  return {status, row.is_null(2) ? std::string() : row.text(2)};
}

}  // namespace

struct RunWriter::Parts {
  StoreConnection connection;
  Statements statements;
  RunOwner owner = current_owner();
  RunId run;
  std::string name;
  ImageSection policy;
  int threads = 0;  // the run's, which encode its images too
  bool owns = false;
  std::optional<FormerStatus> former;  // of a claimed run, until its status is set

  Parts(const fs::path& file, const StoreOptions& options)
      : connection(file, StoreAccess::write, options), statements(connection.database()) {}

  // One transaction: all of what the function does, or nothing.
  template <typename Function>
  auto transaction(Function&& function) {
    return in_transaction(connection, std::forward<Function>(function));
  }

  // Likewise, on the run this writer owns; a sign of life as well.
  template <typename Function>
  void write(Function&& function) {
    transaction([&] {
      const int rows = Query(statements[touch_run_sql], unix_seconds(), utc_now(), run.value,
                             owner.host, owner.pid, owner.boot_id, owner.started)
                           .run();
      if (!owns || rows != 1)
        throw Error("this process no longer writes the run '" + name +
                    "': it was given up, removed, or taken over by another");
      function();
    });
  }

  // Runs at work whose process is gone.
  std::vector<RunId> dead_runs() {
    std::vector<RunId> dead;
    for (const RunAtWork& run : runs_at_work(statements))
      if (!run.alive) dead.push_back(run.run);
    return dead;
  }

  void mark_interrupted() {
    if (in_store(connection.file(), [&] { return dead_runs().empty(); })) return;
    transaction([&] {  // looked up again: somebody may have claimed one meanwhile
      for (const RunId id : dead_runs()) release(id, RunStatus::interrupted, {});
    });
  }

  void own(RunId id) {
    Query(statements[own_run_sql], owner.host, owner.pid, owner.boot_id, owner.started,
          unix_seconds(), utc_now(), id.value)
        .run();
  }

  void release(RunId id, RunStatus status, const std::string& failure) {
    set_run_status(statements, id, status, failure);
    give_up_run(statements, id);
  }

  RunId insert_run(const RunCreation& creation, const std::string& run_name) {
    const RunConfig& config = creation.config;
    const RunProvenance& made = creation.provenance;
    const std::string now = utc_now();
    Query(statements[insert_run_sql], run_name, config.method.name, creation.config_toml,
          static_cast<std::int64_t>(config.run.seed), now, now, config.run.iterations,
          config.images.every, config.images.size, config.images.budget_mb, made.version,
          made.commit, made.host.empty() ? owner.host : made.host, made.cpu, made.device,
          made.torch, made.threads, made.wait_policy)
        .run();
    return {connection.database().getLastInsertRowid()};
  }

  // Bytes of pictures the run holds now.
  std::int64_t image_bytes() {
    Query row(statements[image_bytes_sql], run.value);
    return row.next() ? row.integer(0) : 0;
  }

  // Inner nodes of the iteration that has just fallen out of the recent ones lose their pictures.
  std::int64_t thin(std::int32_t newest) {
    const std::int32_t old = newest - recent_iterations;
    if (old < 0 || keeps_inner_images(policy, old)) return 0;
    return delete_images(statements, run, old, ImagesOf::inner_nodes);
  }

  void write_iteration(const IterationRecord& record, std::span<const TreeRecord* const> trees);
};

void RunWriter::Parts::write_iteration(const IterationRecord& record,
                                       std::span<const TreeRecord* const> trees) {
  // Checked and encoded before the store is locked: others write runs into it too.
  for (const TreeRecord* tree : trees) {
    if (tree->iteration != record.iteration)
      throw Error("a tree of iteration " + std::to_string(tree->iteration) +
                  " cannot be stored with iteration " + std::to_string(record.iteration));
    if (const auto problem = tree_problem(*tree)) throw Error(*problem);
  }
  std::vector<std::vector<NodeImage>> images(trees.size());
  in_parallel(trees.size(), threads,
              [&](std::size_t i) { images[i] = node_images(*trees[i], policy); });
  write([&] {
    std::int64_t bytes = image_bytes() - image_bytes_of(statements, run, record.iteration);
    delete_trees(statements, run, record.iteration);
    bytes -= thin(record.iteration);
    insert_iteration(statements, run, record);
    const std::int64_t budget = image_budget_bytes(policy) +
                                image_bytes_after(statements, run, record.iteration) +
                                probe_bytes_after(statements, run, record.iteration);
    for (std::size_t i = 0; i < trees.size(); ++i) {
      const std::vector<std::int64_t> rows = insert_tree(statements, run, *trees[i]);
      for (const NodeImage& image : images[i]) {
        const auto size = static_cast<std::int64_t>(image.image.bytes.size());
        if (bytes + size > budget) continue;
        insert_image(statements, rows[static_cast<std::size_t>(image.tree)], image);
        bytes += size;
      }
    }
    Query(statements[finish_iteration_sql], bytes, record.iteration + 1, run.value).run();
  });
}

RunWriter::RunWriter(const fs::path& store_file, const StoreOptions& options)
    : parts_(std::make_unique<Parts>(store_file, options)) {
  parts_->mark_interrupted();
}

RunWriter::~RunWriter() {
  if (!parts_ || !parts_->owns) return;
  try {
    const FormerStatus last = parts_->former.value_or(FormerStatus{});
    set_status(last.status, last.failure);
  } catch (const std::exception&) {
    // The next to open the store sees that this process is gone and says so.
  }
}

RunWriter::RunWriter(RunWriter&&) noexcept = default;
RunWriter& RunWriter::operator=(RunWriter&&) noexcept = default;

RunId RunWriter::create_run(const RunCreation& creation) {
  Parts& parts = *parts_;
  std::string name = creation.config.run.name;
  const RunId run = parts.transaction([&] {
    if (name.empty())
      name = free_run_name(parts.statements, creation.config);
    else
      require_free_name(parts.statements, name);
    const RunId id = parts.insert_run(creation, name);
    insert_prompts(parts.statements, id, creation.prompts);
    parts.own(id);
    return id;
  });
  parts.run = run;
  parts.name = name;
  parts.policy = creation.config.images;
  parts.threads = creation.provenance.threads;
  parts.owns = true;
  return run;
}

void RunWriter::claim_run(RunId run) {
  Parts& parts = *parts_;
  parts.transaction([&] {
    Query row(parts.statements[select_claimed_sql], run.value);
    if (!row.next()) throw Error("there is no run " + std::to_string(run.value) + " to resume");
    if (!row.is_null(6)) throw in_the_trash(row.text(0), run);
    require_idle(parts.statements, run);
    parts.name = row.text(0);
    parts.former = former_status(row);
    parts.policy = {
        .every = row.integer32(3), .size = row.integer32(4), .budget_mb = row.integer32(5)};
    parts.threads = row.integer32(7);
    parts.own(run);
    mark_commands_taken(parts.statements, run);  // they were for the process before
  });
  parts.run = run;
  parts.owns = true;
}

RunId RunWriter::run() const { return parts_->run; }
const std::string& RunWriter::name() const { return parts_->name; }
const fs::path& RunWriter::store_file() const { return parts_->connection.file(); }
const std::string& RunWriter::notice() const { return parts_->connection.notice(); }

void RunWriter::write_iteration(const IterationRecord& record, std::span<const TreeRecord> trees) {
  parts_->write_iteration(record, pointers(trees));
}

void RunWriter::write_iteration(const IterationRecord& record,
                                std::span<const std::shared_ptr<const TreeRecord>> trees) {
  std::vector<const TreeRecord*> list;
  for (const std::shared_ptr<const TreeRecord>& tree : trees) list.push_back(tree.get());
  parts_->write_iteration(record, list);
}

void RunWriter::write_evaluation(const EvaluationRecord& record) {
  parts_->write([&] { replace_evaluation(parts_->statements, parts_->run, record); });
}

void RunWriter::write_probe(const ProbeRecord& record) {
  Parts& parts = *parts_;
  // Encoded before the store is locked, as in write_iteration.
  const std::vector<StoredImage> images = probe_images(record, parts.policy, parts.threads);
  parts.write([&] {
    const std::int32_t at = record.iteration;  // its iteration has not begun: it is a later one
    const std::int64_t others =
        parts.image_bytes() - probe_bytes_of(parts.statements, parts.run, at);
    const std::int64_t later = image_bytes_after(parts.statements, parts.run, at - 1) +
                               probe_bytes_after(parts.statements, parts.run, at);
    const std::int64_t stored = replace_probe(parts.statements, parts.run, record, images,
                                              image_budget_bytes(parts.policy) + later - others);
    Query(parts.statements[set_image_bytes_sql], others + stored, parts.run.value).run();
  });
}

fs::path RunWriter::checkpoint_folder(std::int32_t iterations) const {
  return treegrpo::checkpoint_folder(store_file(), run().value, iterations);
}

void RunWriter::write_checkpoint(std::int32_t iterations, double score) {
  const std::string path =
      checkpoint_folder(iterations).lexically_relative(store_files_folder(store_file())).string();
  parts_->write([&] {
    Query(parts_->statements[insert_checkpoint_sql], run().value, iterations, path, score,
          utc_now())
        .run();
  });
}

void RunWriter::remove_checkpoint(std::int32_t iterations) {
  parts_->write(
      [&] { Query(parts_->statements[delete_checkpoint_sql], run().value, iterations).run(); });
}

void RunWriter::set_status(RunStatus status, const std::string& failure) {
  parts_->write([&] {
    if (gives_up(status))
      parts_->release(run(), status, failure);
    else
      set_run_status(parts_->statements, run(), status, failure);
  });
  parts_->former.reset();
  if (gives_up(status)) parts_->owns = false;
}

void RunWriter::heartbeat() {
  parts_->write([] {});
}

void RunWriter::change_parameters(std::span<const ParameterChanged> changes) {
  parts_->write([&] {
    for (const ParameterChanged& change : changes)
      Query(parts_->statements[insert_change_sql], run().value, change.iteration, change.key,
            change.old_value, change.new_value, utc_now(), change.author)
          .run();
  });
}

std::vector<CommandRow> RunWriter::take_commands() {
  const auto waiting = [&] { return select_commands(parts_->statements, run()); };
  if (in_store(store_file(), waiting).empty()) return {};
  std::vector<CommandRow> commands;
  parts_->write([&] {
    commands = waiting();
    mark_commands_taken(parts_->statements, run());
  });
  return commands;
}

void RunWriter::set_iterations_planned(std::int32_t iterations) {
  parts_->write([&] { Query(parts_->statements[planned_sql], iterations, run().value).run(); });
}

}  // namespace treegrpo
