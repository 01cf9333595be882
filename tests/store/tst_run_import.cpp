// Runs copied from one store into another.
#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>

#include "checkpoint_samples.h"
#include "sample_records.h"
#include "store/run_figures.h"
#include "store/run_import.h"
#include "store/run_notes.h"
#include "store/run_reader.h"
#include "store/run_writer.h"
#include "store/store_check.h"
#include "store_test.h"

using namespace treegrpo;
using namespace treegrpo::test;
namespace fs = std::filesystem;

namespace {

std::string recipe_of(const std::string& run) {
  return "{\n  \"panels\": [\n    {\n      \"run\": \"" + run +
         "\",\n      \"other_run\": \"else\"\n    }\n  ]\n}\n";
}

// A finished run with trees, an evaluation, a checkpoint, a tag, a note and a figure.
void add_run(const fs::path& file, const std::string& name, std::int32_t iterations) {
  RunWriter writer(file);
  const RunId run = writer.create_run(creation(name));
  writer.set_status(RunStatus::running);
  for (std::int32_t i = 0; i < iterations; ++i)
    writer.write_iteration(plain_iteration(i), std::vector{small_tree(i, 0), small_tree(i, 1)});
  write_sample_checkpoint(writer.checkpoint_folder(iterations), iterations);
  writer.write_checkpoint(iterations);
  writer.set_status(RunStatus::finished);
  StoreConnection store(file, StoreAccess::write);
  add_tags(store, run, std::vector<std::string>{"paper"});
  add_note(store, run, {.iteration = 1}, "look here");
  put_figure(store, {.run = run, .name = "fig2", .recipe = recipe_of(name), .created = {}});
}

// The rows of a run in a table as text, its own numbers left out.
std::string rows(const fs::path& file, const std::string& table, const std::string& where) {
  SQLite::Database database(file, SQLite::OPEN_READWRITE);
  SQLite::Statement columns(database, "SELECT name FROM pragma_table_info('" + table +
                                          "') WHERE name NOT IN ('id', 'run', 'tree', 'path')");
  std::string list;
  while (columns.executeStep())
    list += (list.empty() ? "" : ", ") + ("quote(\"" + columns.getColumn(0).getString() + "\")");
  SQLite::Statement query(database, "SELECT " + list + " FROM " + table + " WHERE " + where);
  std::vector<std::string> lines;
  while (query.executeStep()) {
    std::string& line = lines.emplace_back();
    for (int at = 0; at < query.getColumnCount(); ++at)
      line += query.getColumn(at).getString() + "|";
  }
  std::ranges::sort(lines);
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

ImportedRun import(const fs::path& into, const fs::path& from, RunId run) {
  StoreConnection store(into, StoreAccess::write);
  return import_run(store, from, run);
}

}  // namespace

class TestRunImport : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void an_imported_run_has_the_rows_and_files_that_it_had() {
    const StoreFolder here, there;
    add_run(here.file(), "mine", 2);
    add_run(there.file(), "other", 1);
    add_run(there.file(), "mine", 3);
    const ImportedRun imported = import(here.file(), there.file(), {2});
    QCOMPARE(imported.run.value, std::int64_t{2});
    QCOMPARE(imported.name, std::string("mine-2"));
    for (const char* table : {"iteration", "prompt", "checkpoint", "tag", "note"}) {
      const std::string found = rows(here.file(), table, "run = 2");
      QVERIFY2(!found.empty(), table);
      QCOMPARE(found, rows(there.file(), table, "run = 2"));
    }
    for (const char* table : {"node", "score", "image"}) {
      const char* of_run = "tree IN (SELECT id FROM tree WHERE run = 2)";
      QCOMPARE(rows(here.file(), table, of_run), rows(there.file(), table, of_run));
    }
    RunReader reader(here.file());
    const RunSummary run = reader.find_run("mine-2");
    QVERIFY(run.status == RunStatus::finished && run.iterations == 3);
    QCOMPARE(run.tags, std::vector<std::string>{"paper"});
    // Its figures are of what it is called here; those of others are as they were.
    QCOMPARE(reader.figure(run.run, "fig2").recipe, recipe_of("mine-2"));
    QCOMPARE(reader.figure({1}, "fig2").recipe, recipe_of("mine"));
    const RunSummary was = RunReader(there.file()).find_run("mine");
    QCOMPARE(run.image_bytes, was.image_bytes);
    QCOMPARE(reader.tree(run.run, 2, {1}).nodes.size(),
             RunReader(there.file()).tree({2}, 2, {1}).nodes.size());
    const CheckpointRow checkpoint = reader.checkpoints(run.run).at(0);
    QVERIFY(fs::exists(checkpoint.path / "state.json"));
    QVERIFY(checkpoint.path.string().starts_with(store_files_folder(here.file()).string()));
    StoreConnection store(here.file(), StoreAccess::read);
    QCOMPARE(check_store(store).findings.size(), std::size_t{0});
    QCOMPARE(reader.iterations({1}).size(), std::size_t{2});  // what was here is as it was
  }

  void figures_of_runs_that_come_together_name_them_as_they_are_called_here() {
    const StoreFolder here, there;
    add_run(here.file(), "a", 1);
    add_run(here.file(), "b", 1);
    add_run(there.file(), "a", 1);
    add_run(there.file(), "b", 1);
    add_run(there.file(), "a-2", 1);
    const auto recipe = [](const std::string& first, const std::string& second,
                           const std::string& third) {
      return "{\n  \"panels\": [\n    {\n      \"runs\": [\n        \"" + first +
             "\",\n        \"" + second + "\",\n        \"" + third +
             "\",\n        \"gone\"\n      ]\n    }\n  ]\n}\n";
    };
    {
      StoreConnection store(there.file(), StoreAccess::write);
      put_figure(store,
                 {.run = {1}, .name = "all", .recipe = recipe("a", "2", "a-2"), .created = {}});
    }
    StoreConnection store(here.file(), StoreAccess::write);
    std::vector<ImportedRun> imported;
    for (const std::int64_t run : {1, 2, 3})
      imported.push_back(import_run(store, there.file(), {run}, imported));
    QCOMPARE(imported[0].name, std::string("a-2"));
    QCOMPARE(imported[2].name, std::string("a-2-2"));
    RunReader reader(here.file());
    QCOMPARE(reader.figure(imported[0].run, "all").recipe, recipe("a-2", "b-2", "a-2-2"));
    QCOMPARE(reader.figure({1}, "fig2").recipe, recipe_of("a"));
  }

  void a_run_in_training_comes_as_an_interrupted_one() {
    const StoreFolder here, there;
    add_run(here.file(), "mine", 1);
    RunWriter writer(there.file());
    writer.create_run(creation("live"));
    writer.set_status(RunStatus::running);
    writer.write_iteration(plain_iteration(0), std::vector{small_tree(0, 0)});
    const ImportedRun imported = import(here.file(), there.file(), {1});
    const RunSummary run = RunReader(here.file()).find_run("live");
    QVERIFY(run.status == RunStatus::interrupted);
    QVERIFY(!run.process && run.run == imported.run);
    QVERIFY(RunReader(there.file()).find_run("live").status == RunStatus::running);
  }

  void what_cannot_be_imported_is_said_and_leaves_the_store_as_it_was() {
    const StoreFolder here, there;
    add_run(here.file(), "mine", 1);
    add_run(there.file(), "other", 1);
    QVERIFY_THROWS_EXCEPTION(Error, import(here.file(), there.file(), {7}));
    QVERIFY_THROWS_EXCEPTION(Error, import(here.file(), here.file(), {1}));
    QVERIFY_THROWS_EXCEPTION(Error, import(here.file(), there.file().string() + "x", {1}));
    SQLite::Database(there.file(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 99");
    QVERIFY_THROWS_EXCEPTION(Error, import(here.file(), there.file(), {1}));
    QCOMPARE(RunReader(here.file()).runs().size(), std::size_t{1});
    QVERIFY(!fs::exists(store_files_folder(here.file()) / "2"));
  }
};

QTEST_GUILESS_MAIN(TestRunImport)
#include "tst_run_import.moc"
