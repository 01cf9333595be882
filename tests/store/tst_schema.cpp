#include <SQLiteCpp/SQLiteCpp.h>

#include <array>

#include "base/paths.h"
#include "store/schema.h"
#include "store_test.h"

using namespace treegrpo;
using namespace treegrpo::test;

class TestSchema : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void every_table_and_column_is_described_in_its_page() {
    const std::string page = read_file(TREEGRPO_SOURCE_DIR "/core/store/SCHEMA.md");
    SQLite::Database database(":memory:", SQLite::OPEN_READWRITE);
    create_schema(database);
    SQLite::Statement columns(database,
                              "SELECT m.name, c.name FROM sqlite_schema m, "
                              "pragma_table_info(m.name) c WHERE m.type = 'table' "
                              "AND m.name NOT LIKE 'sqlite_%'");
    int count = 0;
    while (columns.executeStep()) {
      const std::string table = columns.getColumn(0).getString();
      const std::size_t start = page.find("\n## " + table + "\n");
      QVERIFY2(start != std::string::npos, table.c_str());
      const std::size_t end = page.find("\n## ", start + 1);
      const std::string column = "`" + columns.getColumn(1).getString() + "`";
      QVERIFY2(page.substr(start, end - start).find(column) != std::string::npos,
               (table + "." + column).c_str());
      ++count;
    }
    QVERIFY(count > 80);
  }

  void an_older_store_is_migrated_step_by_step() {
    SQLite::Database database(":memory:", SQLite::OPEN_READWRITE);
    create_schema(database);
    const std::array<Migration, 3> steps = {
        {{.from = 1, .sql = "ALTER TABLE run ADD COLUMN a INTEGER"},
         {.from = 2, .sql = "ALTER TABLE run RENAME a TO b"},
         {.from = 3, .sql = "DROP TABLE run"}}};
    migrate(database, 1, 3, steps);
    QCOMPARE(database.execAndGet("PRAGMA user_version").getInt(), 3);
    database.exec("SELECT b FROM run");
  }

  void a_step_that_fails_leaves_the_old_version() {
    SQLite::Database database(":memory:", SQLite::OPEN_READWRITE);
    create_schema(database);
    database.exec("PRAGMA user_version = 1");
    const std::array<Migration, 2> steps = {
        {{.from = 1, .sql = "CREATE TABLE extra(a)"}, {.from = 2, .sql = "CREATE TABLE run(a)"}}};
    try {
      SQLite::Transaction transaction(database);
      migrate(database, 1, 3, steps);
      transaction.commit();
      QFAIL("nothing thrown");
    } catch (const SQLite::Exception&) {
      QCOMPARE(database.execAndGet("PRAGMA user_version").getInt(), 1);
      QVERIFY(!database.tableExists("extra"));
    }
  }

  void a_version_nobody_knows_the_way_from_is_refused() {
    SQLite::Database database(":memory:", SQLite::OPEN_READWRITE);
    VERIFY_SAYS(migrate(database, 1, 2, {}), "cannot be brought to version 2");
  }
};

QTEST_GUILESS_MAIN(TestSchema)
#include "tst_schema.moc"
