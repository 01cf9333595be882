#include "store/run_trash.h"

#include <vector>

#include "base/clock.h"
#include "store/figure_rows.h"
#include "store/image_rows.h"
#include "store/owner_rows.h"
#include "store/run_names.h"
#include "store/sql.h"
#include "store/store_space.h"
#include "store/tree_rows.h"

namespace treegrpo {
namespace {

constexpr const char* select_run_sql = "SELECT name, deleted FROM run WHERE id = ?";
constexpr const char* delete_sql = "UPDATE run SET deleted = ? WHERE id = ?";
constexpr const char* restore_sql = "UPDATE run SET deleted = NULL, name = ? WHERE id = ?";
constexpr const char* forget_checkpoints_sql = "DELETE FROM checkpoint WHERE run = ?";
constexpr const char* purge_sql = "DELETE FROM run WHERE id = ?";

// Numbers that no iteration can have, of a damaged store, go with the run itself.
constexpr const char* latest_iterations_sql =
    "SELECT iteration FROM iteration WHERE run = ? AND iteration BETWEEN 0 AND 2147483647 "
    "ORDER BY iteration DESC LIMIT 10";

constexpr const char* shortened_sql =
    "UPDATE run SET iterations = ?, image_bytes = image_bytes - ? WHERE id = ?";

struct StoredRun {
  std::string name;
  bool trashed = false;
};

StoredRun stored_run(Statements& statements, RunId run) {
  Query row(statements[select_run_sql], run.value);
  if (!row.next()) throw Error("there is no run " + std::to_string(run.value));
  return {.name = row.text(0), .trashed = !row.is_null(1)};
}

StoredRun trashed_run(Statements& statements, RunId run) {
  StoredRun found = stored_run(statements, run);
  if (!found.trashed)
    throw Error("the run '" + found.name + "' is not in the trash; delete it first");
  return found;
}

// Removes the latest iterations of a run; false if there were none.
bool remove_some_iterations(StoreConnection& store, Statements& statements, RunId run) {
  return in_transaction(store, [&] {
    trashed_run(statements, run);  // still: somebody may have brought it back
    std::vector<std::int32_t> latest;
    {
      Query rows(statements[latest_iterations_sql], run.value);
      while (rows.next()) latest.push_back(rows.integer32(0));
    }
    std::int64_t bytes = 0;
    for (const std::int32_t iteration : latest) {
      bytes += image_bytes_of(statements, run, iteration);
      delete_trees(statements, run, iteration);
    }
    if (latest.empty()) return false;
    Query(statements[shortened_sql], latest.back(), bytes, run.value).run();
    return true;
  });
}

}  // namespace

void delete_run(StoreConnection& store, RunId run) {
  Statements statements(store.database());
  in_transaction(store, [&] {
    const StoredRun found = stored_run(statements, run);
    if (found.trashed) throw in_the_trash(found.name, run);
    require_idle(statements, run);
    Query(statements[delete_sql], utc_now(), run.value).run();
  });
}

void restore_run(StoreConnection& store, RunId run, const std::optional<std::string>& name) {
  Statements statements(store.database());
  in_transaction(store, [&] {
    const std::string before = trashed_run(statements, run).name;
    const std::string wanted = name.value_or(before);
    try {
      require_free_name(statements, wanted);
    } catch (const Error& error) {
      throw error.within("run " + std::to_string(run.value) + " stays in the trash");
    }
    Query(statements[restore_sql], wanted, run.value).run();
    if (wanted != before) rename_in_figures(statements, run, before, wanted);
  });
}

std::int64_t purge_run(StoreConnection& store, RunId run) {
  Statements statements(store.database());
  const auto bytes = [&] {
    return in_store(store.file(), [&] { return database_bytes(store.database()); });
  };
  const std::int64_t before = bytes();
  in_transaction(store, [&] {  // first the rows of its files, then the files
    trashed_run(statements, run);
    require_idle(statements, run);
    Query(statements[forget_checkpoints_sql], run.value).run();
  });
  const std::int64_t files = remove_folder(run_folder(store.file(), run));
  while (remove_some_iterations(store, statements, run)) continue;
  in_transaction(store, [&] {
    trashed_run(statements, run);
    Query(statements[purge_sql], run.value).run();
  });
  give_pages_back(store);
  return files + before - bytes();
}

}  // namespace treegrpo
