#include "store/run_import.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "base/paths.h"
#include "store/run_figures.h"
#include "store/sql.h"

namespace treegrpo {
namespace {

namespace fs = std::filesystem;

struct Table {
  std::string name;
  std::vector<std::string> columns;  // without an id that SQLite gives

  bool has(std::string_view column) const { return std::ranges::count(columns, column) > 0; }
};

Table table_of(SQLite::Database& database, const std::string& name) {
  Table table{.name = name, .columns = {}};
  SQLite::Statement columns(database, "SELECT name FROM pragma_table_info(?)");
  columns.bind(1, name);
  while (columns.executeStep())
    if (const std::string column = columns.getColumn(0).getString(); column != "id")
      table.columns.push_back(column);
  return table;
}

// What belongs to a run or to a tree, parents first. What a process was asked stays where it is.
std::vector<Table> tables_of(SQLite::Database& database) {
  std::vector<Table> tables;
  SQLite::Statement names(database,
                          "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT "
                          "LIKE 'sqlite_%' AND name NOT IN ('run', 'tree', 'command') ORDER BY "
                          "rowid");
  while (names.executeStep()) tables.push_back(table_of(database, names.getColumn(0).getString()));
  return tables;
}

// "INSERT INTO main.T(a, b) SELECT a, ?2 FROM there.T": a column in `written` is what that says.
std::string copying(const Table& table, const std::map<std::string, std::string>& written) {
  std::string into, from;
  for (const std::string& column : table.columns) {
    const auto other = written.find(column);
    into += (into.empty() ? "\"" : ", \"") + column + "\"";
    from += (from.empty() ? "" : ", ") +
            (other == written.end() ? "\"" + column + "\"" : other->second);
  }
  for (const auto& [column, value] : written)
    if (!table.has(column)) {
      into += ", \"" + column + "\"";
      from += ", " + value;
    }
  return "INSERT INTO main.\"" + table.name + "\"(" + into + ") SELECT " + from + " FROM there.\"" +
         table.name + "\" ";
}

void run_with(SQLite::Database& database, const std::string& sql,
              const std::vector<std::int64_t>& values) {
  SQLite::Statement statement(database, sql);
  for (std::size_t at = 0; at < values.size(); ++at)
    statement.bind(static_cast<int>(at) + 1, values[at]);
  statement.exec();
}

std::string free_name(SQLite::Database& database, const std::string& name) {
  SQLite::Statement taken(database, "SELECT 1 FROM main.run WHERE name = ? AND deleted IS NULL");
  for (int number = 1;; ++number) {
    const std::string one = number == 1 ? name : name + "-" + std::to_string(number);
    taken.bind(1, one);
    const bool is_taken = taken.executeStep();
    taken.reset();
    if (!is_taken) return one;
  }
}

// Its row under a new number, with nobody as its owner.
ImportedRun copy_run_row(SQLite::Database& database, RunId run) {
  SQLite::Statement named(database, "SELECT name FROM there.run WHERE id = ?");
  named.bind(1, run.value);
  if (!named.executeStep())
    throw Error("there is no run " + std::to_string(run.value) + " in the store to import from");
  const std::string name = named.getColumn(0).getString();
  ImportedRun imported{
      .run = {}, .name = free_name(database, name), .there = run, .name_there = name};
  named.reset();
  const std::string sql = copying(table_of(database, "run"),
                                  {{"name", "?2"},
                                   {"status",
                                    "CASE WHEN status IN ('preparing', 'running', 'paused') THEN "
                                    "'interrupted' ELSE status END"},
                                   {"deleted", "NULL"},
                                   {"parent_run", "NULL"},
                                   {"owner_host", "NULL"},
                                   {"owner_pid", "NULL"},
                                   {"owner_boot_id", "NULL"},
                                   {"owner_started", "NULL"},
                                   {"heartbeat", "NULL"}}) +
                          "WHERE id = ?1";
  SQLite::Statement statement(database, sql);
  statement.bind(1, run.value);
  statement.bind(2, imported.name);
  statement.exec();
  imported.run = {database.getLastInsertRowid()};
  return imported;
}

// What of the run names it or one of its trees. ?1: its number there, ?2: here, ?3: what a tree's
// number grows by.
void copy_rows(SQLite::Database& database, RunId from, RunId to) {
  const std::int64_t shift =
      database.execAndGet("SELECT coalesce((SELECT max(id) FROM main.tree), 0)").getInt64();
  const std::vector<std::int64_t> values = {from.value, to.value};
  std::vector<std::int64_t> shifted = values;
  shifted.push_back(shift);
  std::vector<Table> of_runs, of_trees;
  for (Table& table : tables_of(database))
    (table.has("run") ? of_runs : of_trees).push_back(std::move(table));
  for (const Table& table : of_runs) {
    std::map<std::string, std::string> written = {{"run", "?2"}};
    // RUN/checkpoint-000123
    if (table.name == "checkpoint") written["path"] = "?2 || substr(path, instr(path, '/'))";
    run_with(database, copying(table, written) + "WHERE run = ?1", values);
  }
  run_with(
      database,
      copying(table_of(database, "tree"), {{"id", "id + ?3"}, {"run", "?2"}}) + "WHERE run = ?1",
      shifted);
  for (const Table& table : of_trees)
    run_with(database,
             copying(table, {{"tree", "tree + ?3"}}) +
                 "WHERE tree IN (SELECT id FROM there.tree WHERE run = ?1)",
             shifted);
}

// Figures of imported runs name all of them as they are called here: from the recipes there, so
// that no name is taken for one that was changed before.
void name_in_figures(SQLite::Database& database, const std::vector<ImportedRun>& imported) {
  std::map<std::string, std::string> names;
  for (const ImportedRun& run : imported)
    names[run.name_there] = names[std::to_string(run.there.value)] = run.name;
  SQLite::Statement recipes(database, "SELECT name, recipe FROM there.figure WHERE run = ?");
  SQLite::Statement write(database, "UPDATE main.figure SET recipe = ? WHERE run = ? AND name = ?");
  for (const ImportedRun& run : imported) {
    recipes.bind(1, run.there.value);
    while (recipes.executeStep()) {
      write.bind(1, with_runs_renamed(recipes.getColumn(1).getString(), names));
      write.bind(2, run.run.value);
      write.bind(3, recipes.getColumn(0).getString());
      write.exec();
      write.reset();
    }
    recipes.reset();
  }
}

void copy_files(const fs::path& from, const fs::path& to) {
  std::error_code failure;
  if (!fs::exists(from, failure)) return;
  create_folders(to.parent_path());
  fs::copy(from, to, fs::copy_options::recursive, failure);
  if (!failure) return;
  std::error_code ignored;
  fs::remove_all(to, ignored);
  throw Error("the checkpoints in '" + from.string() + "' cannot be copied to '" + to.string() +
              "': " + failure.message());
}

fs::path folder_of_run(const fs::path& store, RunId run) {
  return store_files_folder(store) / std::to_string(run.value);
}

}  // namespace

ImportedRun import_run(StoreConnection& store, const fs::path& source, RunId run,
                       std::span<const ImportedRun> earlier) {
  std::error_code ignored;
  if (fs::equivalent(source, store.file(), ignored))
    throw Error("'" + source.string() + "' is this store itself; name another to import from",
                ErrorKind::usage);
  const StoreConnection checked(source, StoreAccess::read);  // a store, whole, of this version
  SQLite::Database& database = store.database();
  return in_store(store.file(), [&] {
    SQLite::Statement attach(database, "ATTACH ? AS there");
    attach.bind(1, fs::absolute(source).string());
    attach.exec();
    struct Detach {
      SQLite::Database& database;
      ~Detach() { database.tryExec("DETACH there"); }
    } detach{database};
    fs::path files;
    try {
      return in_transaction(store, [&] {
        const ImportedRun imported = copy_run_row(database, run);
        copy_rows(database, run, imported.run);
        std::vector<ImportedRun> all(earlier.begin(), earlier.end());
        all.push_back(imported);
        name_in_figures(database, all);
        files = folder_of_run(store.file(), imported.run);
        copy_files(folder_of_run(source, run), files);
        return imported;
      });
    } catch (...) {
      if (!files.empty()) fs::remove_all(files, ignored);
      throw;
    }
  });
}

}  // namespace treegrpo
