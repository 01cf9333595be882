#include "store/store_check.h"

#include <map>
#include <set>
#include <system_error>
#include <utility>

#include "record/config_toml.h"
#include "store/checkpoint_files.h"
#include "store/iteration_rows.h"
#include "store/orphan_rows.h"
#include "store/owner_rows.h"
#include "store/probe_rows.h"
#include "store/run_counts.h"
#include "store/sql.h"
#include "store/sqlite_integrity.h"
#include "store/store_space.h"
#include "store/tree_rows.h"

namespace treegrpo {
namespace {

namespace fs = std::filesystem;

constexpr const char* config_sql = "SELECT config FROM run WHERE id = ?";
constexpr const char* iterations_sql =
    "SELECT iteration FROM iteration WHERE run = ? ORDER BY iteration";
constexpr const char* checkpoints_sql =
    "SELECT iterations, path FROM checkpoint WHERE run = ? ORDER BY iterations";
constexpr const char* wrong_lengths_sql =
    "SELECT (SELECT count(*) FROM image WHERE byte_count <> length(bytes)) + (SELECT count(*) "
    "FROM probe_picture WHERE byte_count <> coalesce(length(bytes), 0))";

std::string quoted(const std::string& name) { return "'" + name + "'"; }

std::string run_text(const RunCounts& run) {
  return "run " + quoted(run.name) + " (" + std::to_string(run.run.value) + ")";
}

class Check {
 public:
  explicit Check(StoreConnection& store) : store_(store), statements_(store.database()) {}

  StoreCheck result() {
    // Looked up before the rows: a folder is made after the row of its run.
    const std::vector<FilesFolder> folders = files_folders(store_.file());
    const SQLite::Transaction snapshot(store_.database());  // ended by its destructor
    if (!integrity()) return std::move(check_);
    orphans();
    image_lengths();
    owners();
    runs_ = run_counts(statements_);
    check_.runs = static_cast<std::int64_t>(runs_.size());
    for (const RunCounts& run : runs_) of_run(run);
    for (const FilesFolder& folder : folders) of_folder(folder);
    return std::move(check_);
  }

 private:
  void find(std::string sentence, RunId run = {}, Remedy remedy = Remedy::none) {
    check_.findings.push_back({std::move(sentence), run, remedy});
  }

  // Reads something; that it cannot be read is what was looked for.
  template <typename Function>
  void read(const RunCounts& run, Function&& function) {
    try {
      function();
    } catch (const Error& error) {
      find(run_text(run) + ": " + error.what(), run.run);
    }
  }

  bool integrity() {
    const SqliteIntegrity integrity = sqlite_integrity(store_.database());
    for (const std::string& complaint : integrity.complaints)
      find("SQLite finds the file damaged: " + complaint, {},
           integrity.only_indexes ? Remedy::repair : Remedy::none);
    return integrity.only_indexes;
  }

  void orphans() {
    for (const OrphanRows& rows : orphan_rows(store_.database()))
      find(std::to_string(rows.count) + " rows of the table " + quoted(rows.table) +
               " belong to a " + rows.owner + " that is not there",
           {}, Remedy::repair);
  }

  void image_lengths() {
    Query row(statements_[wrong_lengths_sql]);
    if (row.next() && row.integer(0) > 0)
      find(row.text(0) + " pictures are of another length than their rows say", {}, Remedy::repair);
  }

  void owners() {
    for (const RunAtWork& run : runs_at_work(statements_))
      if (!run.alive)
        find("run " + quoted(run.name) + " (" + std::to_string(run.run.value) +
                 ") says that it is being trained, but its process is gone",
             run.run, Remedy::repair);
  }

  void of_run(const RunCounts& run) {
    if (!run.alive) counts(run);
    bool keeps_ema = false;
    read(run, [&] { keeps_ema = config(run).ema.decay > 0; });
    read(run, [&] { select_iterations(statements_, run.run); });
    read(run, [&] { select_evaluations(statements_, run.run); });
    read(run, [&] { select_probes(statements_, run.run); });
    trees(run);
    checkpoints(run, keeps_ema);
  }

  void counts(const RunCounts& run) {
    if (run.iterations != run.last_iteration)
      find(run_text(run) + " counts " + std::to_string(run.iterations) +
               " iterations and holds them up to " + std::to_string(run.last_iteration),
           run.run, Remedy::repair);
    if (run.iteration_rows != run.last_iteration)
      find(run_text(run) + " lacks " + std::to_string(run.last_iteration - run.iteration_rows) +
               " of its iterations 0 to " + std::to_string(run.last_iteration - 1),
           run.run);
    if (run.image_bytes != run.image_bytes_held)
      find(run_text(run) + " counts " + std::to_string(run.image_bytes) +
               " bytes of pictures and holds " + std::to_string(run.image_bytes_held),
           run.run, Remedy::repair);
  }

  RunConfig config(const RunCounts& run) {
    Query row(statements_[config_sql], run.run.value);
    return parse_config(row.next() ? row.text(0) : "", "its stored config");
  }

  void trees(const RunCounts& run) {
    std::vector<std::int32_t> iterations;
    {
      Query rows(statements_[iterations_sql], run.run.value);
      while (rows.next()) iterations.push_back(rows.integer32(0));
    }
    check_.iterations += static_cast<std::int64_t>(iterations.size());
    for (const std::int32_t iteration : iterations)
      for (const PromptSummary& prompt : select_prompts(statements_, run.run, iteration)) {
        ++check_.trees;
        read(run, [&] { select_tree(statements_, run.run, iteration, prompt.prompt); });
      }
  }

  void checkpoints(const RunCounts& run, bool keeps_ema) {
    Query rows(statements_[checkpoints_sql], run.run.value);
    while (rows.next()) {
      ++check_.checkpoints;
      const std::int64_t iterations = rows.integer(0);
      known_[run.run].insert(iterations);
      const fs::path folder = store_files_folder(store_.file()) / rows.text(1);
      if (!run.alive) checkpoint(run, iterations, folder, keeps_ema);
    }
  }

  void checkpoint(const RunCounts& run, std::int64_t iterations, const fs::path& folder,
                  bool keeps_ema) {
    const std::string text = "the checkpoint of " + run_text(run) + " after " +
                             std::to_string(iterations) + " iterations";
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored))
      find(text + " has no folder " + quoted(folder.string()), run.run, Remedy::repair);
    else if (const auto problem = checkpoint_problem(folder, iterations, keeps_ema))
      find(text + " " + *problem + "; use another, or delete its folder " +
               quoted(folder.string()) + " and let 'treegrpo store repair' forget it",
           run.run);
  }

  void of_folder(const FilesFolder& folder) {
    const RunCounts* run = run_with(folder.run);
    const std::string text = "the folder " + quoted(folder.path.string());
    if (run == nullptr) {
      if (!folder.checkpoint) find(text + " belongs to no run of the store", {}, Remedy::compact);
    } else if (folder.checkpoint && !run->alive) {
      if (folder.unfinished)
        find(text + " is that of a checkpoint that was never finished", run->run, Remedy::repair);
      else if (!known_[run->run].contains(*folder.checkpoint))
        find(text + " is that of a checkpoint the store does not know", run->run, Remedy::compact);
    }
  }

  const RunCounts* run_with(RunId run) const {
    for (const RunCounts& counts : runs_)
      if (counts.run == run) return &counts;
    return nullptr;
  }

  StoreConnection& store_;
  Statements statements_;
  StoreCheck check_;
  std::vector<RunCounts> runs_;
  std::map<RunId, std::set<std::int64_t>> known_;  // checkpoints that have a row
};

}  // namespace

StoreCheck check_store(StoreConnection& store) {
  return in_store(store.file(), [&] { return Check(store).result(); });
}

}  // namespace treegrpo
