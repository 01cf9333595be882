#include "store/store_repair.h"

#include <cstdint>
#include <system_error>

#include "store/orphan_rows.h"
#include "store/owner_rows.h"
#include "store/run_counts.h"
#include "store/sql.h"
#include "store/sqlite_integrity.h"
#include "store/store_space.h"

namespace treegrpo {
namespace {

namespace fs = std::filesystem;

constexpr const char* right_lengths_sql =
    "UPDATE image SET byte_count = length(bytes) WHERE byte_count <> length(bytes)";
constexpr const char* right_probe_lengths_sql =
    "UPDATE probe_picture SET byte_count = coalesce(length(bytes), 0) "
    "WHERE byte_count <> coalesce(length(bytes), 0)";
constexpr const char* set_iterations_sql = "UPDATE run SET iterations = ? WHERE id = ?";
constexpr const char* set_image_bytes_sql = "UPDATE run SET image_bytes = ? WHERE id = ?";
constexpr const char* checkpoints_sql = "SELECT iterations, path FROM checkpoint WHERE run = ?";
constexpr const char* forget_checkpoint_sql =
    "DELETE FROM checkpoint WHERE run = ? AND iterations = ?";

std::string name_text(const std::string& name, RunId run) {
  return "run '" + name + "' (" + std::to_string(run.value) + ")";
}

class Repair {
 public:
  explicit Repair(StoreConnection& store) : store_(store), statements_(store.database()) {}

  std::vector<std::string> done() {
    in_transaction(store_, [&] {
      require_all_idle(statements_, "repaired");  // and nobody can begin before this ends
      indexes();
      owners();
      orphans();
      lengths();
      for (const RunCounts& run : run_counts(statements_)) of_run(run);
      unfinished_folders();
    });
    return std::move(done_);
  }

 private:
  void indexes() {
    const SqliteIntegrity integrity = sqlite_integrity(store_.database());
    if (integrity.complaints.empty()) return;
    if (!integrity.only_indexes)
      throw Error("the store '" + store_.file().string() +
                  "' is damaged in a way that cannot be mended without loss (SQLite: " +
                  integrity.complaints.front() + "); restore a copy");
    store_.database().exec("REINDEX");
    done_.push_back("the indexes were built anew");
  }

  void owners() {
    for (const RunAtWork& run : runs_at_work(statements_)) {
      set_run_status(statements_, run.run, RunStatus::interrupted, {});
      give_up_run(statements_, run.run);
      done_.push_back(name_text(run.name, run.run) + ", whose process is gone, is interrupted");
    }
  }

  void orphans() {
    for (const OrphanRows& rows : remove_orphan_rows(store_.database()))
      done_.push_back(std::to_string(rows.count) + " rows of the table '" + rows.table +
                      "' that belonged to a " + rows.owner + " that is not there were " +
                      (rows.table == "run" ? "parted from it" : "removed"));
  }

  void lengths() {
    const int rows = Query(statements_[right_lengths_sql]).run() +
                     Query(statements_[right_probe_lengths_sql]).run();
    if (rows > 0)
      done_.push_back("the lengths of " + std::to_string(rows) + " pictures were counted again");
  }

  void of_run(const RunCounts& run) {
    const std::string text = name_text(run.name, run.run);
    if (run.iterations != run.last_iteration) {
      Query(statements_[set_iterations_sql], run.last_iteration, run.run.value).run();
      done_.push_back("the iterations of " + text +
                      " were counted again: " + std::to_string(run.last_iteration));
    }
    if (run.image_bytes != run.image_bytes_held) {
      Query(statements_[set_image_bytes_sql], run.image_bytes_held, run.run.value).run();
      done_.push_back("the bytes of pictures of " + text +
                      " were counted again: " + std::to_string(run.image_bytes_held));
    }
    for (const std::int64_t iterations : lost_checkpoints(run.run)) {
      Query(statements_[forget_checkpoint_sql], run.run.value, iterations).run();
      done_.push_back("the checkpoint of " + text + " after " + std::to_string(iterations) +
                      " iterations, whose folder is gone, was forgotten");
    }
  }

  // Their numbers as they stand there: in a damaged store they may be larger than iterations are.
  std::vector<std::int64_t> lost_checkpoints(RunId run) {
    std::vector<std::int64_t> lost;
    Query rows(statements_[checkpoints_sql], run.value);
    std::error_code ignored;
    while (rows.next())
      if (!fs::is_directory(store_files_folder(store_.file()) / rows.text(1), ignored))
        lost.push_back(rows.integer(0));
    return lost;
  }

  void unfinished_folders() {
    for (const FilesFolder& folder : files_folders(store_.file())) {
      if (!folder.unfinished) continue;
      remove_folder(folder.path);
      done_.push_back("the unfinished folder '" + folder.path.string() + "' was removed");
    }
  }

  StoreConnection& store_;
  Statements statements_;
  std::vector<std::string> done_;
};

}  // namespace

std::vector<std::string> repair_store(StoreConnection& store) { return Repair(store).done(); }

}  // namespace treegrpo
