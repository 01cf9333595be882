// What is wrong with a store is found and said, and what can be mended without loss is.
#include <SQLiteCpp/SQLiteCpp.h>

#include "checkpoint_samples.h"
#include "sample_records.h"
#include "store/run_reader.h"
#include "store/run_writer.h"
#include "store/store_check.h"
#include "store/store_repair.h"
#include "store_test.h"

using namespace treegrpo;
using namespace treegrpo::test;
namespace fs = std::filesystem;

namespace {

// Two runs of three iterations, two prompts each, with checkpoints after 2 and 3.
void write_store(const fs::path& file) {
  for (const char* name : {"first", "second"}) {
    RunWriter writer(file);
    writer.create_run(creation(name));
    for (std::int32_t i = 0; i < 3; ++i)
      writer.write_iteration(plain_iteration(i), std::vector{small_tree(i, 0), small_tree(i, 1)});
    for (const std::int32_t iterations : {2, 3}) {
      write_sample_checkpoint(writer.checkpoint_folder(iterations), iterations);
      writer.write_checkpoint(iterations);
    }
    writer.write_probe(RandomRecords(3).probe(0));
    writer.set_status(RunStatus::finished);
  }
}

// A copy of such a store: each test damages one of its own.
void make_store(const fs::path& file) {
  static const StoreFolder made;
  if (!fs::exists(made.file())) write_store(made.file());
  fs::copy_file(made.file(), file);
  fs::copy(store_files_folder(made.file()), store_files_folder(file), fs::copy_options::recursive);
}

// Behind the program's back, without the rules of the tables.
void change(const fs::path& file, const std::string& sql) {
  SQLite::Database database(file, SQLite::OPEN_READWRITE);
  database.exec("PRAGMA foreign_keys = OFF");
  database.exec("PRAGMA ignore_check_constraints = ON");
  database.exec(sql);
}

StoreCheck check(const fs::path& file) {
  StoreConnection store(file, StoreAccess::read);
  return check_store(store);
}

QString text_of(const StoreCheck& found) {
  QString text;
  for (const StoreFinding& finding : found.findings)
    text += QString::fromStdString(finding.sentence) + "\n";
  return text;
}

QString repaired(const fs::path& file) {
  StoreConnection store(file, StoreAccess::write);
  QString text;
  for (const std::string& sentence : repair_store(store))
    text += QString::fromStdString(sentence) + "\n";
  return text;
}

fs::path checkpoint(const StoreFolder& folder, int run, std::int32_t iterations) {
  return checkpoint_folder(folder.file(), run, iterations);
}

}  // namespace

class TestStoreCheck : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_store_as_it_was_written_is_whole() {
    const StoreFolder folder;
    make_store(folder.file());
    const StoreCheck found = check(folder.file());
    QCOMPARE(text_of(found), QString());
    QCOMPARE(found.runs, 2);
    QCOMPARE(found.iterations, 6);
    QCOMPARE(found.trees, 12);
    QCOMPARE(found.checkpoints, 4);
    QCOMPARE(repaired(folder.file()), QString());
  }

  void a_store_that_is_being_written_is_whole_too() {
    const StoreFolder folder;
    make_store(folder.file());
    RunWriter writer(folder.file());
    writer.create_run(creation("live"));
    writer.write_iteration(plain_iteration(0), std::vector{small_tree(0, 0)});
    fs::create_directories(writer.checkpoint_folder(1).string() + ".unfinished");
    fs::create_directories(writer.checkpoint_folder(2));
    QCOMPARE(text_of(check(folder.file())), QString());
    StoreConnection store(folder.file(), StoreAccess::write);
    VERIFY_SAYS(repair_store(store), "cannot be repaired while the run 'live' is being trained");
  }

  void what_repair_mends_is_found_and_then_gone_data() {
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("finding");
    QTest::addColumn<QString>("mended");
    const auto row = [](const char* name, const char* sql, const char* finding,
                        const char* mended) {
      QTest::newRow(name) << QString(sql) << QString(finding) << QString(mended);
    };
    row("iterations", "UPDATE run SET iterations = 9 WHERE id = 2",
        "run 'second' (2) counts 9 iterations and holds them up to 3",
        "the iterations of run 'second' (2) were counted again: 3");
    row("sum of pictures", "UPDATE run SET image_bytes = 7 WHERE id = 1",
        "run 'first' (1) counts 7 bytes of pictures and holds",
        "the bytes of pictures of run 'first' (1) were counted again");
    row("length of a picture", "UPDATE image SET byte_count = 1 WHERE id = 1",
        "1 pictures are of another length than their rows say",
        "the lengths of 1 pictures were counted again");
    row("length of a picture of a probe",
        "UPDATE probe_picture SET byte_count = byte_count + 1 WHERE id = 1",
        "1 pictures are of another length than their rows say",
        "the lengths of 1 pictures were counted again");
    row("picture of no probe",
        "INSERT INTO probe_picture VALUES(999, 1, 7, 0, 0, '[]', NULL, NULL, 0, NULL)",
        "1 rows of the table 'probe_picture' belong to a probe that is not there",
        "1 rows of the table 'probe_picture' that belonged to a probe");
    row("process that is gone", "UPDATE run SET status = 'running', owner_host = NULL WHERE id = 1",
        "run 'first' (1) says that it is being trained, but its process is gone",
        "run 'first' (1), whose process is gone, is interrupted");
    row("trees of no run", "INSERT INTO tree VALUES(99, 7, 0, 0, 0, 'train', NULL, '{}', '[]')",
        "1 rows of the table 'tree' belong to a run that is not there",
        "1 rows of the table 'tree' that belonged to a run that is not there were removed");
    row("rows of no tree", "DELETE FROM tree WHERE id = 1",
        "4 rows of the table 'node' belong to a tree that is not there",
        "4 rows of the table 'node' that belonged to a tree");
    row("trees of no prompt", "INSERT INTO tree VALUES(99, 1, 0, 5, 0, 'train', NULL, '{}', '[]')",
        "1 rows of the table 'tree' belong to a prompt that is not there",
        "1 rows of the table 'tree' that belonged to a prompt");
    row("picture of no node",
        "INSERT INTO image VALUES(999, 1, 50, 1, 'png', 1, 1, 1, x'00');"
        "UPDATE run SET image_bytes = image_bytes + 1 WHERE id = 1",
        "1 rows of the table 'image' belong to a node that is not there",
        "1 rows of the table 'image' that belonged to a node");
    row("checkpoint of a number that no iteration has",
        "UPDATE checkpoint SET iterations = 4294967297, path = 'gone' "
        "WHERE run = 1 AND iterations = 3",
        "after 4294967297 iterations has no folder",
        "after 4294967297 iterations, whose folder is gone, was forgotten");
    row("parent that is gone", "UPDATE run SET parent_run = 44 WHERE id = 2",
        "1 rows of the table 'run' belong to a parent run that is not there",
        "1 rows of the table 'run' that belonged to a parent run that is not there were parted");
    row("index",
        "PRAGMA writable_schema = ON;"
        "UPDATE sqlite_schema SET sql = replace(sql, 'run, iteration, prompt, tree)', "
        "'run, iteration, prompt, id)') WHERE name = 'tree_by_prompt';"
        "PRAGMA writable_schema = RESET",
        "SQLite finds the file damaged: row ", "the indexes were built anew");
  }
  void what_repair_mends_is_found_and_then_gone() {
    QFETCH(QString, sql);
    QFETCH(QString, finding);
    QFETCH(QString, mended);
    const StoreFolder folder;
    make_store(folder.file());
    change(folder.file(), sql.toStdString());
    const StoreCheck found = check(folder.file());
    QVERIFY2(text_of(found).contains(finding), qPrintable(text_of(found)));
    bool any_repair = false;
    for (const StoreFinding& each : found.findings)
      any_repair = any_repair || each.remedy == Remedy::repair;
    QVERIFY(any_repair);
    const QString done = repaired(folder.file());
    QVERIFY2(done.contains(mended), qPrintable(done));
    for (const StoreFinding& left : check(folder.file()).findings)
      QVERIFY2(left.remedy != Remedy::repair, left.sentence.c_str());
    QCOMPARE(repaired(folder.file()), QString());
  }

  void what_is_lost_is_found_and_left_alone_data() {
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("finding");
    const auto row = [](const char* name, const char* sql, const char* finding) {
      QTest::newRow(name) << QString(sql) << QString(finding);
    };
    row("a missing iteration",
        "PRAGMA foreign_keys = ON; DELETE FROM tree WHERE run = 2 AND iteration = 1;"
        "DELETE FROM iteration WHERE run = 2 AND iteration = 1",
        "run 'second' (2) lacks 1 of its iterations 0 to 2");
    row("a config that is none", "UPDATE run SET config = '[run' WHERE id = 1",
        "run 'first' (1): its stored config line 1: not valid TOML");
    row("a node before its parent", "UPDATE node SET parent = 3 WHERE tree = 1 AND node = 1",
        "node 1 of the tree of iteration 0, prompt 0 stands before its parent");
    row("a missing node", "DELETE FROM node WHERE tree = 1 AND node = 2",
        "node 2 of the tree of iteration 0, prompt 0 is missing or there twice");
    row("a node of another step", "UPDATE node SET step = 0 WHERE tree = 1 AND node = 1",
        "node 1 of the tree of iteration 0, prompt 0 stands at a step that is not its own");
    row("a missing score", "DELETE FROM score WHERE tree = 1 AND node = 2",
        "reward 'scene' has 2 values for the 3 leaves of the tree of iteration 0, prompt 0");
    row("a schedule that is none", "UPDATE tree SET schedule = '{]' WHERE id = 1",
        "a column holds \"{]\", which is not what was written");
    row("an iteration of no numbers",
        "UPDATE iteration SET reward_by_name = '7' WHERE run = 1 AND iteration = 1",
        "run 'first' (1): the store is damaged: a column holds \"7\"");
  }
  void what_is_lost_is_found_and_left_alone() {
    QFETCH(QString, sql);
    QFETCH(QString, finding);
    const StoreFolder folder;
    make_store(folder.file());
    change(folder.file(), sql.toStdString());
    const QString found = text_of(check(folder.file()));
    QVERIFY2(found.contains(finding), qPrintable(found));
    repaired(folder.file());
    const QString left = text_of(check(folder.file()));
    QVERIFY2(left.contains(finding), qPrintable(left));
  }

  void a_damaged_page_is_said_and_not_touched() {
    const StoreFolder folder;
    make_store(folder.file());
    const std::int64_t note_table = [&] {
      SQLite::Database database(folder.file(), SQLite::OPEN_READWRITE);
      const std::int64_t page =
          database.execAndGet("SELECT rootpage FROM sqlite_schema WHERE name = 'note'").getInt64();
      return (page - 1) * database.execAndGet("PRAGMA page_size").getInt64();
    }();
    std::string bytes = read_file(folder.file());
    bytes.replace(static_cast<std::size_t>(note_table), 8, 8, '\xee');
    write_file_atomically(folder.file(), bytes);
    const StoreCheck found = check(folder.file());
    QVERIFY2(text_of(found).contains("SQLite finds the file damaged"), qPrintable(text_of(found)));
    QVERIFY(found.findings[0].remedy == Remedy::none);
    StoreConnection store(folder.file(), StoreAccess::write);
    VERIFY_SAYS(repair_store(store), "cannot be mended without loss");
  }

  void a_checkpoint_without_its_folder_is_forgotten() {
    const StoreFolder folder;
    make_store(folder.file());
    fs::remove_all(checkpoint(folder, 1, 2));
    const StoreCheck found = check(folder.file());
    QCOMPARE(found.findings.size(), std::size_t{1});
    QVERIFY(found.findings[0].remedy == Remedy::repair);
    QCOMPARE(found.findings[0].run.value, 1);
    QVERIFY(
        text_of(found).contains("the checkpoint of run 'first' (1) after 2 iterations has no "
                                "folder"));
    QVERIFY(repaired(folder.file()).contains("whose folder is gone, was forgotten"));
    QCOMPARE(RunReader(folder.file()).checkpoints({1}).size(), std::size_t{1});
    QCOMPARE(text_of(check(folder.file())), QString());
  }

  void a_checkpoint_that_is_not_whole_is_found_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("finding");
    const auto row = [](const char* name, const char* file, const QByteArray& bytes,
                        const char* finding) {
      QTest::newRow(name) << QString(file) << bytes << QString(finding);
    };
    const QByteArray whole = QByteArray::fromStdString(sample_safetensors());
    row("cut", "weights.safetensors", whole.chopped(1), "has a damaged or cut weights.safetensors");
    row("too long", "weights.safetensors", whole + "x", "damaged or cut weights.safetensors");
    row("empty", "optimizer.safetensors", "", "damaged or cut optimizer.safetensors");
    row("endless header", "optimizer.safetensors", QByteArray(8, '\xff'),
        "damaged or cut optimizer.safetensors");
    row("no JSON", "state.json", "{", "has a damaged state.json");
    row("another's", "state.json", "{\"iterations\": 2}", "the state.json of another checkpoint");
    row("nothing", "state.json", "null", "has a damaged state.json");
  }
  void a_checkpoint_that_is_not_whole_is_found() {
    QFETCH(QString, file);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, finding);
    const StoreFolder folder;
    make_store(folder.file());
    write_file_atomically(checkpoint(folder, 2, 3) / file.toStdString(), bytes.toStdString());
    const QString found = text_of(check(folder.file()));
    QVERIFY2(found.contains(finding), qPrintable(found));
    QVERIFY(found.contains("the checkpoint of run 'second' (2) after 3 iterations"));
    fs::remove(checkpoint(folder, 2, 3) / file.toStdString());
    QVERIFY(text_of(check(folder.file())).contains("lacks " + file));
  }

  void the_mean_of_the_weights_is_missed_where_the_run_keeps_one() {
    const StoreFolder folder;
    make_store(folder.file());
    change(folder.file(),
           "UPDATE run SET config = '[ema]' || char(10) || 'decay = 0.9' "
           "WHERE id = 1");
    QVERIFY(text_of(check(folder.file())).contains("lacks ema.safetensors"));
  }

  void folders_that_nobody_knows_are_found() {
    const StoreFolder folder;
    make_store(folder.file());
    const fs::path files = store_files_folder(folder.file());
    fs::create_directories(files / "1" / "checkpoint-000001");
    fs::create_directories(files / "1" / "checkpoint-000002.unfinished");
    fs::create_directories(files / "77" / "checkpoint-000002");
    fs::create_directories(files / "my notes");  // not of this program's making
    fs::create_directories(files / "2" / "pictures");
    const StoreCheck found = check(folder.file());
    QCOMPARE(found.findings.size(), std::size_t{3});
    QVERIFY(text_of(found).contains("77' belongs to no run of the store"));
    QVERIFY(text_of(found).contains("checkpoint-000001' is that of a checkpoint the store does"));
    QVERIFY(
        text_of(found).contains("checkpoint-000002.unfinished' is that of a checkpoint that "
                                "was never finished"));
    QVERIFY(repaired(folder.file()).contains("checkpoint-000002.unfinished' was removed"));
    QCOMPARE(check(folder.file()).findings.size(), std::size_t{2});
    QVERIFY(fs::exists(files / "77" / "checkpoint-000002"));
    QVERIFY(fs::exists(files / "my notes"));
  }
};

QTEST_GUILESS_MAIN(TestStoreCheck)
#include "tst_store_check.moc"
