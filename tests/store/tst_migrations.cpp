// Stores of older versions, made by the tables as they were then.
#include <SQLiteCpp/SQLiteCpp.h>

#include <set>

#include "sample_records.h"
#include "store/run_figures.h"
#include "store/run_reader.h"
#include "store/run_writer.h"
#include "store/schema.h"
#include "store_test.h"
#include "version_1.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

void make_version_1(const std::filesystem::path& file) {
  SQLite::Database database(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.exec("PRAGMA auto_vacuum = INCREMENTAL");
  for (const char* sql :
       {version_1_run_tables, version_1_tree_tables, version_1_pragmas, version_1_rows})
    database.exec(sql);
}

std::int64_t number(const std::filesystem::path& file, const std::string& sql) {
  return SQLite::Database(file, SQLite::OPEN_READWRITE).execAndGet(sql).getInt64();
}

// Every column with its type and key, every index and every foreign key, as text.
std::set<std::string> shape(SQLite::Database& database) {
  std::set<std::string> lines;
  for (const char* sql :
       {"SELECT m.name || ' ' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || "
        "coalesce(c.dflt_value, '-') || ' ' || c.pk || ' ' || c.cid FROM sqlite_schema m, "
        "pragma_table_info(m.name) c WHERE m.type = 'table'",
        "SELECT m.name || ' ' || k.\"from\" || ' -> ' || k.\"table\" || ' ' || k.\"to\" || ' ' || "
        "k.on_delete FROM sqlite_schema m, pragma_foreign_key_list(m.name) k "
        "WHERE m.type = 'table'",
        "SELECT m.name || ' ' || i.name || ' ' || i.\"unique\" || ' ' || i.partial || ' ' || "
        "c.name FROM sqlite_schema m, pragma_index_list(m.name) i, pragma_index_info(i.name) c "
        "WHERE m.type = 'table'",
        "SELECT name || ' strict ' || strict || ' wr ' || wr FROM pragma_table_list "
        "WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'"}) {
    SQLite::Statement rows(database, sql);
    while (rows.executeStep()) lines.insert(rows.getColumn(0).getString());
  }
  return lines;
}

}  // namespace

class TestMigrations : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_migrated_store_has_the_tables_of_a_new_one() {
    const StoreFolder folder;
    make_version_1(folder.file("old.tgws"));
    const RunWriter old(folder.file("old.tgws"));
    const RunWriter made(folder.file("new.tgws"));
    SQLite::Database migrated(folder.file("old.tgws"), SQLite::OPEN_READWRITE);
    SQLite::Database fresh(folder.file("new.tgws"), SQLite::OPEN_READWRITE);
    const std::set<std::string> expected = shape(fresh);
    QVERIFY(expected.size() > 120);
    QVERIFY(shape(migrated) == expected);
    QCOMPARE(migrated.execAndGet("PRAGMA user_version").getInt(), schema_version);
    QCOMPARE(migrated.execAndGet("PRAGMA integrity_check").getString(), std::string("ok"));
    QVERIFY(!SQLite::Statement(migrated, "PRAGMA foreign_key_check").executeStep());
  }

  void nothing_is_lost_in_a_migration() {
    const StoreFolder folder;
    make_version_1(folder.file());
    RunReader reader(folder.file());  // who reads migrates too
    const std::vector<RunSummary> runs = reader.runs();
    QCOMPARE(runs.size(), std::size_t{2});
    QCOMPARE(runs[0].name, std::string("first"));
    QCOMPARE(runs[0].seed, std::uint64_t{0xFFFFFFFFFFFFFFF0ULL});
    QCOMPARE(runs[0].iterations, 1);
    QCOMPARE(runs[0].image_bytes, 3);
    QCOMPARE(runs[0].updated, std::string("2026-03-01T13:00:00Z"));
    QVERIFY(runs[0].deleted.empty());
    QCOMPARE(runs[0].tags, std::vector<std::string>{"kept"});
    QVERIFY(runs[1].status == RunStatus::stopped);
    QCOMPARE(number(folder.file(), "SELECT parent_run FROM run WHERE id = 2"), 1);
    const TreeRecord tree = reader.tree({1}, 0, {0});
    QCOMPARE(tree.nodes.size(), std::size_t{3});
    QCOMPARE(tree.nodes[2].advantage, 1.);
    QCOMPARE(tree.rewards[0], (std::vector<double>{0, .5}));
    QCOMPARE(reader.iteration({1}, 0).reward, .25);
    QCOMPARE(reader.checkpoints({1}).size(), std::size_t{1});
    QCOMPARE(reader.notes({1}).at(0).text, std::string("look here"));
    QVERIFY(reader.probes({1}).empty());
    QVERIFY(reader.stored_prompts({1}).empty());
  }

  void a_store_of_version_6_has_its_runs_and_room_for_figures() {
    const StoreFolder folder;
    {
      RunWriter writer(folder.file());
      writer.create_run(creation("six"));
      writer.set_status(RunStatus::finished);
    }
    SQLite::Database(folder.file(), SQLite::OPEN_READWRITE)
        .exec("DROP TABLE figure; PRAGMA user_version = 6");
    StoreConnection store(folder.file(), StoreAccess::write);
    QCOMPARE(number(folder.file(), "PRAGMA user_version"), schema_version);
    put_figure(store, {.run = {1}, .name = "fig2", .recipe = "{}", .created = {}});
    RunReader reader(folder.file());
    QCOMPARE(reader.runs().at(0).name, std::string("six"));
    QCOMPARE(reader.figures({1}).at(0).name, std::string("fig2"));
  }

  void the_number_of_a_run_that_is_gone_is_not_used_again() {
    const StoreFolder folder;
    make_version_1(folder.file());
    RunWriter writer(folder.file());
    QCOMPARE(writer.create_run(creation("next")).value, 4);
  }

  void a_run_goes_with_all_that_belongs_to_it_after_a_migration() {
    const StoreFolder folder;
    make_version_1(folder.file());
    const RunWriter writer(folder.file());
    SQLite::Database database(folder.file(), SQLite::OPEN_READWRITE);
    database.exec("PRAGMA foreign_keys = ON");
    database.exec("DELETE FROM run WHERE id = 1");
    for (const char* table :
         {"iteration", "prompt", "tree", "node", "score", "checkpoint", "tag", "note"})
      QCOMPARE(database.execAndGet(std::string("SELECT count(*) FROM ") + table).getInt(), 0);
    QVERIFY(database.execAndGet("SELECT parent_run FROM run WHERE id = 2").isNull());
  }
};

QTEST_GUILESS_MAIN(TestMigrations)
#include "tst_migrations.moc"
