#include "store/store_care.h"

#include <algorithm>
#include <tuple>

#include "base/byte_size.h"
#include "store/image_policy.h"
#include "store/image_rows.h"
#include "store/owner_rows.h"
#include "store/probe_rows.h"
#include "store/sql.h"
#include "store/store_space.h"

namespace treegrpo {
namespace {

constexpr const char* select_runs_sql = R"sql(
SELECT id, name, iterations, image_every, image_size, image_budget_mb FROM run ORDER BY id)sql";

constexpr const char* portions_sql = R"sql(
SELECT tree.iteration, image.leaf, sum(image.byte_count)
FROM tree JOIN image ON image.tree = tree.id
WHERE tree.run = ? AND tree.purpose = 'train' GROUP BY 1, 2)sql";

constexpr const char* probe_portions_sql =
    "SELECT iteration, sum(byte_count) FROM probe_picture WHERE run = ? GROUP BY 1";

constexpr const char* thinned_sql = "UPDATE run SET image_bytes = image_bytes - ? WHERE id = ?";
constexpr const char* has_run_sql = "SELECT 1 FROM run WHERE id = ?";
constexpr const char* has_checkpoint_sql =
    "SELECT 1 FROM checkpoint WHERE run = ? AND iterations = ?";

struct StoredRun {
  RunId run;
  std::string name;
  std::int32_t iterations = 0;
  ImageSection policy;
};

// The pictures of an iteration's inner nodes, of its leaves, or of the probe before it; what is
// given up first stands first.
enum class PortionOf { inner_nodes, leaves, probe };
struct Portion {
  std::int32_t iteration = 0;
  PortionOf of = PortionOf::leaves;
  std::int64_t bytes = 0;
};

bool finds(Statements& statements, const char* sql, std::int64_t run) {
  Query row(statements[sql], run);
  return row.next();
}

// What goes first stands first.
bool goes_before(const Portion& a, const Portion& b) {
  return std::tuple(a.of, a.iteration == 0, a.iteration) <
         std::tuple(b.of, b.iteration == 0, b.iteration);
}

class Compaction {
 public:
  Compaction(StoreConnection& store, const CompactOptions& options)
      : store_(store), statements_(store.database()), options_(options) {}

  CompactReport result() {
    report_.bytes_before = bytes();
    // Folders first: that needs no room, while a store on a full disk cannot even be made smaller.
    for (const FilesFolder& folder : files_folders(store_.file())) remove_if_unknown(folder);
    for (const StoredRun& run : idle_runs()) thin(run);
    give_pages_back(store_);
    report_.bytes_after = bytes();
    return std::move(report_);
  }

 private:
  std::int64_t bytes() {
    return in_store(store_.file(), [&] { return database_bytes(store_.database()); });
  }

  std::vector<StoredRun> idle_runs() {
    return in_store(store_.file(), [&] {
      std::vector<StoredRun> list;
      Query rows(statements_[select_runs_sql]);
      while (rows.next())
        list.push_back({.run = {rows.integer(0)},
                        .name = rows.text(1),
                        .iterations = rows.integer32(2),
                        .policy = {.every = rows.integer32(3),
                                   .size = rows.integer32(4),
                                   .budget_mb = rows.integer32(5)}});
      std::erase_if(list,
                    [&](const StoredRun& run) { return is_being_trained(statements_, run.run); });
      return list;
    });
  }

  std::vector<Portion> portions(RunId run) {
    return in_store(store_.file(), [&] {
      std::vector<Portion> list;
      Query rows(statements_[portions_sql], run.value);
      while (rows.next())
        list.push_back({.iteration = rows.integer32(0),
                        .of = rows.integer(1) == 0 ? PortionOf::inner_nodes : PortionOf::leaves,
                        .bytes = rows.integer(2)});
      Query probes(statements_[probe_portions_sql], run.value);
      while (probes.next())
        list.push_back(
            {.iteration = probes.integer32(0), .of = PortionOf::probe, .bytes = probes.integer(1)});
      std::sort(list.begin(), list.end(), goes_before);
      return list;
    });
  }

  // Whether the policy gives a portion up, as RunWriter does while the run goes on.
  static bool is_given_up(const StoredRun& run, const Portion& portion) {
    return portion.of == PortionOf::inner_nodes &&
           portion.iteration < run.iterations - recent_iterations &&
           !keeps_inner_images(run.policy, portion.iteration);
  }

  void thin(const StoredRun& run) {
    ImageSection policy = run.policy;
    if (options_.budget_mb) policy.budget_mb = *options_.budget_mb;
    const std::int64_t budget = image_budget_bytes(policy);
    const std::vector<Portion> list = portions(run.run);
    std::int64_t held = 0;
    for (const Portion& portion : list) held += portion.bytes;
    std::int64_t removed = 0;
    for (const Portion& portion : list) {
      if (held - removed <= budget && !is_given_up(run, portion)) continue;
      removed += remove(run.run, portion);
    }
    if (removed == 0) return;
    report_.image_bytes += removed;
    report_.done.push_back("run '" + run.name + "' (" + std::to_string(run.run.value) +
                           ") gave up " + byte_size_text(removed) + " of pictures and keeps " +
                           byte_size_text(held - removed));
  }

  std::int64_t delete_pictures(RunId run, const Portion& portion) {
    if (portion.of == PortionOf::probe)
      return delete_probe_pictures(statements_, run, portion.iteration);
    return delete_images(
        statements_, run, portion.iteration,
        portion.of == PortionOf::leaves ? ImagesOf::leaves : ImagesOf::inner_nodes);
  }

  // 0 if somebody has begun to train the run.
  std::int64_t remove(RunId run, const Portion& portion) {
    return in_transaction(store_, [&] {
      if (is_being_trained(statements_, run)) return std::int64_t{0};
      const std::int64_t bytes = delete_pictures(run, portion);
      Query(statements_[thinned_sql], bytes, run.value).run();
      return bytes;
    });
  }

  // In a transaction, so that nobody begins to write into the folder meanwhile.
  void remove_if_unknown(const FilesFolder& folder) {
    in_transaction(store_, [&] {
      if (finds(statements_, has_run_sql, folder.run.value)) {
        if (!folder.checkpoint || is_being_trained(statements_, folder.run)) return;
        Query row(statements_[has_checkpoint_sql], folder.run.value, *folder.checkpoint);
        if (!folder.unfinished && row.next()) return;
      } else if (folder.checkpoint) {
        return;  // gone with the folder of its run
      }
      report_.folder_bytes += remove_folder(folder.path);
      report_.done.push_back("the folder '" + folder.path.string() +
                             "', which the store does not know, was removed");
    });
  }

  StoreConnection& store_;
  Statements statements_;
  const CompactOptions options_;
  CompactReport report_;
};

}  // namespace

CompactReport compact_store(StoreConnection& store, const CompactOptions& options) {
  return Compaction(store, options).result();
}

VacuumReport vacuum_store(StoreConnection& store) {
  return in_store(store.file(), [&] {
    Statements statements(store.database());
    require_all_idle(statements, "written anew");
    VacuumReport report{.bytes_before = database_bytes(store.database()), .bytes_after = 0};
    store.database().exec("VACUUM");
    store.database().execAndGet("PRAGMA wal_checkpoint(TRUNCATE)");
    report.bytes_after = database_bytes(store.database());
    return report;
  });
}

}  // namespace treegrpo
