#include <SQLiteCpp/SQLiteCpp.h>

#include "checkpoint_samples.h"
#include "sample_records.h"
#include "store/run_notes.h"
#include "store/run_reader.h"
#include "store/run_trash.h"
#include "store/run_writer.h"
#include "store/store_check.h"
#include "store_test.h"

using namespace treegrpo;
using namespace treegrpo::test;
namespace fs = std::filesystem;

namespace {

// A run of that many iterations with a checkpoint, finished.
void add_run(const fs::path& file, const std::string& name, int iterations = 3) {
  RunWriter writer(file);
  writer.create_run(creation(name));
  for (std::int32_t i = 0; i < iterations; ++i)
    writer.write_iteration(plain_iteration(i), std::vector{small_tree(i, 0), small_tree(i, 1)});
  write_sample_checkpoint(writer.checkpoint_folder(iterations), iterations);
  writer.write_checkpoint(iterations);
  writer.set_status(RunStatus::finished);
}

int count(const fs::path& file, const std::string& table) {
  SQLite::Database database(file, SQLite::OPEN_READWRITE);
  return database.execAndGet("SELECT count(*) FROM " + table).getInt();
}

// What is wrong with the store, a line each.
QString findings(const fs::path& file) {
  StoreConnection store(file, StoreAccess::read);
  QString text;
  for (const StoreFinding& finding : check_store(store).findings)
    text += QString::fromStdString(finding.sentence) + "\n";
  return text;
}

}  // namespace

class TestRunTrash : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_deleted_run_is_in_no_list_and_whole_when_it_comes_back() {
    const StoreFolder folder;
    add_run(folder.file(), "first");
    add_run(folder.file(), "second");
    StoreConnection store(folder.file(), StoreAccess::write);
    add_tags(store, {1}, std::vector<std::string>{"kept"});
    delete_run(store, {1});
    RunReader reader(folder.file());
    QCOMPARE(reader.runs().size(), std::size_t{1});
    QCOMPARE(reader.trashed_runs().size(), std::size_t{1});
    QVERIFY(!reader.trashed_runs()[0].deleted.empty());
    VERIFY_SAYS(reader.find_run("first"), "is in the trash; 'treegrpo restore 1' brings it back");
    VERIFY_SAYS(reader.find_run("1"), "is in the trash");
    QCOMPARE(reader.find_trashed_run("first").run.value, 1);
    QCOMPARE(reader.find_trashed_run("1").tags, std::vector<std::string>{"kept"});

    restore_run(store, {1});
    QVERIFY(reader.trashed_runs().empty());
    const RunSummary back = reader.find_run("first");
    QVERIFY(back.deleted.empty());
    QCOMPARE(back.tags, std::vector<std::string>{"kept"});
    QVERIFY(same(reader.tree({1}, 2, {1}), small_tree(2, 1)));
    QCOMPARE(reader.checkpoints({1}).size(), std::size_t{1});
    QCOMPARE(findings(folder.file()), QString());
  }

  void the_name_of_a_deleted_run_is_free() {
    const StoreFolder folder;
    add_run(folder.file(), "w4");
    StoreConnection store(folder.file(), StoreAccess::write);
    delete_run(store, {1});
    add_run(folder.file(), "w4");
    RunReader reader(folder.file());
    QCOMPARE(reader.find_run("w4").run.value, 2);
    VERIFY_SAYS(restore_run(store, {1}), "there is a run named 'w4' already");
    QCOMPARE(reader.trashed_runs().size(), std::size_t{1});
    VERIFY_SAYS(restore_run(store, {1}, "7"), "numbers are ids");
    restore_run(store, {1}, "w4-old");
    QCOMPARE(reader.find_run("w4-old").run.value, 1);

    delete_run(store, {2});
    rename_run(store, {1}, "w4");
    delete_run(store, {1});
    VERIFY_SAYS(reader.find_trashed_run("w4"), "say which by its number: 1, 2");
    QCOMPARE(reader.find_trashed_run("2").run.value, 2);
  }

  void a_name_that_is_made_is_not_that_of_a_deleted_run() {
    const StoreFolder folder;
    add_run(folder.file(), {});
    StoreConnection store(folder.file(), StoreAccess::write);
    delete_run(store, {1});
    add_run(folder.file(), {});
    QCOMPARE(RunReader(folder.file()).runs()[0].name, std::string("treegrpo-s1-2"));
  }

  void what_is_not_where_it_should_be_is_said() {
    const StoreFolder folder;
    add_run(folder.file(), "first");
    add_run(folder.file(), "second");
    StoreConnection store(folder.file(), StoreAccess::write);
    RunReader reader(folder.file());
    VERIFY_SAYS(reader.find_trashed_run("x"), "the trash is empty");
    VERIFY_SAYS(restore_run(store, {1}), "the run 'first' is not in the trash");
    VERIFY_SAYS(purge_run(store, {1}), "the run 'first' is not in the trash; delete it first");
    VERIFY_SAYS(delete_run(store, {9}), "there is no run 9");
    delete_run(store, {1});
    VERIFY_SAYS(delete_run(store, {1}), "is in the trash");
    VERIFY_SAYS(reader.find_trashed_run("frist"), "in the trash; did you mean 'first'?");
    VERIFY_SAYS(reader.find_trashed_run("second"), "is not in the trash");
    VERIFY_SAYS(reader.find_trashed_run("x"), "'treegrpo runs --trash' lists what is");
  }

  void a_run_that_is_being_trained_cannot_be_deleted_nor_a_deleted_one_trained() {
    const StoreFolder folder;
    RunWriter writer(folder.file());
    const RunId run = writer.create_run(creation("live"));
    StoreConnection store(folder.file(), StoreAccess::write);
    VERIFY_SAYS(delete_run(store, run), "the run 'live' is being trained by process");
    writer.set_status(RunStatus::stopped);
    delete_run(store, run);
    VERIFY_SAYS(writer.claim_run(run), "the run 'live' is in the trash");
    restore_run(store, run);
    writer.claim_run(run);
  }

  void a_purged_run_leaves_nothing_behind() {
    const StoreFolder folder;
    add_run(folder.file(), "gone", 40);
    add_run(folder.file(), "stays");
    {
      StoreConnection store(folder.file(), StoreAccess::write);
      add_note(store, {1}, {}, "about what is gone");
      add_tags(store, {1}, std::vector<std::string>{"gone"});
      delete_run(store, {1});
      const auto before = static_cast<std::int64_t>(fs::file_size(folder.file()));
      const std::int64_t freed = purge_run(store, {1});
      const auto after = static_cast<std::int64_t>(fs::file_size(folder.file()));
      QVERIFY(before - after > 40'000);
      QVERIFY(freed >= before - after);  // the file's, and those of the checkpoint
    }
    QVERIFY(!fs::exists(store_files_folder(folder.file()) / "1"));
    QVERIFY(fs::exists(store_files_folder(folder.file()) / "2"));
    QCOMPARE(count(folder.file(), "run"), 1);
    QCOMPARE(count(folder.file(), "iteration"), 3);
    QCOMPARE(count(folder.file(), "prompt"), 6);
    QCOMPARE(count(folder.file(), "tree"), 6);
    QCOMPARE(count(folder.file(), "node"), 24);
    QCOMPARE(count(folder.file(), "note") + count(folder.file(), "tag"), 0);
    QCOMPARE(findings(folder.file()), QString());
    RunReader reader(folder.file());
    QVERIFY(same(reader.tree({2}, 1, {0}), small_tree(1, 0)));
    VERIFY_SAYS(reader.find_trashed_run("gone"), "the trash is empty");
  }

  // A purge that ended in the middle: shorter, but a run like any other.
  void a_run_is_whole_at_every_step_of_its_purge() {
    const StoreFolder folder;
    add_run(folder.file(), "gone", 25);
    StoreConnection store(folder.file(), StoreAccess::write);
    delete_run(store, {1});
    SQLite::Database observer(folder.file(), SQLite::OPEN_READWRITE);
    observer.exec(
        "CREATE TRIGGER interrupt BEFORE DELETE ON iteration WHEN OLD.iteration = 9 "
        "BEGIN SELECT RAISE(ABORT, 'interrupted'); END");
    VERIFY_SAYS(purge_run(store, {1}), "interrupted");
    observer.exec("DROP TRIGGER interrupt");
    QCOMPARE(findings(folder.file()), QString());
    QCOMPARE(RunReader(folder.file()).find_trashed_run("gone").iterations, 15);
    purge_run(store, {1});
    QCOMPARE(count(folder.file(), "node"), 0);
  }
};

QTEST_GUILESS_MAIN(TestRunTrash)
#include "tst_run_trash.moc"
