#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>

#include "checkpoint_samples.h"
#include "sample_records.h"
#include "store/run_reader.h"
#include "store/run_writer.h"
#include "store/store_care.h"
#include "store/store_check.h"
#include "store_test.h"

using namespace treegrpo;
using namespace treegrpo::test;
namespace fs = std::filesystem;

namespace {

// A run of that many iterations of one prompt, finished; inner nodes keep pictures in every fourth.
void add_run(const fs::path& file, const std::string& name, int iterations) {
  RunWriter writer(file);
  RunCreation made = creation(name);
  made.config.images.every = 4;
  writer.create_run(made);
  for (std::int32_t i = 0; i < iterations; ++i)
    writer.write_iteration(plain_iteration(i), std::vector{small_tree(i, 0, 3, 16)});
  writer.set_status(RunStatus::finished);
}

// "0:4 1:3 …": iterations of a run and how many pictures each holds; those without are left out.
std::string pictures(const fs::path& file, int run) {
  SQLite::Database database(file, SQLite::OPEN_READWRITE);
  SQLite::Statement rows(database,
                         "SELECT iteration || ':' || count(*) FROM tree JOIN image ON image.tree = "
                         "tree.id WHERE run = ? GROUP BY iteration ORDER BY iteration");
  rows.bind(1, run);
  std::string text;
  while (rows.executeStep())
    text.append(text.empty() ? "" : " ").append(rows.getColumn(0).getString());
  return text;
}

std::size_t findings(const fs::path& file) {
  StoreConnection store(file, StoreAccess::read);
  return check_store(store).findings.size();
}

}  // namespace

class TestStoreCare : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_store_that_keeps_to_its_policies_loses_nothing() {
    const StoreFolder folder;
    add_run(folder.file(), "run", 26);
    const std::string before = pictures(folder.file(), 1);
    QVERIFY(before.starts_with("0:4 1:3 2:3 3:3 4:4 5:3 6:4"));
    StoreConnection store(folder.file(), StoreAccess::write);
    const CompactReport report = compact_store(store);
    QCOMPARE(report.image_bytes, 0);
    QVERIFY(report.done.empty());
    QCOMPARE(pictures(folder.file(), 1), before);
  }

  void pictures_of_inner_nodes_that_are_no_longer_the_last_go() {
    const StoreFolder folder;
    add_run(folder.file(), "run", 26);
    SQLite::Database(folder.file(), SQLite::OPEN_READWRITE)
        .exec("UPDATE run SET image_every = 1000");
    StoreConnection store(folder.file(), StoreAccess::write);
    QVERIFY(compact_store(store).image_bytes > 0);
    QVERIFY(pictures(folder.file(), 1).starts_with("0:4 1:3 2:3 3:3 4:3 5:3 6:4"));
    QCOMPARE(findings(folder.file()), std::size_t{0});  // image_bytes was kept right
  }

  void a_smaller_budget_takes_inner_nodes_first_then_old_leaves_and_iteration_0_last() {
    const StoreFolder folder;
    add_run(folder.file(), "run", 3);
    add_run(folder.file(), "other", 1);
    StoreConnection store(folder.file(), StoreAccess::write);
    RunReader reader(folder.file());
    const std::int64_t all = reader.find_run("run").image_bytes;
    SQLite::Database database(folder.file(), SQLite::OPEN_READWRITE);
    // A picture of just over a megabyte in place of one of iteration 2: it alone is too much.
    database.exec(
        "UPDATE image SET bytes = zeroblob(1000001), byte_count = 1000001 WHERE id = (SELECT "
        "max(image.id) FROM image JOIN tree ON image.tree = tree.id WHERE run = 1 AND leaf = 1)");
    database.exec(
        "UPDATE run SET image_bytes = (SELECT sum(byte_count) FROM image JOIN tree ON "
        "image.tree = tree.id WHERE run = 1) WHERE id = 1");
    const CompactReport report = compact_store(store, {.budget_mb = 1});
    QCOMPARE(pictures(folder.file(), 1), std::string("0:3"));
    QCOMPARE(pictures(folder.file(), 2), std::string("0:4"));
    QVERIFY(report.image_bytes > 1000001);
    QVERIFY(reader.find_run("run").image_bytes < all);
    QCOMPARE(report.done.size(), std::size_t{1});
    QVERIFY(report.bytes_after < report.bytes_before);
    QCOMPARE(findings(folder.file()), std::size_t{0});

    compact_store(store, {.budget_mb = 0});
    QCOMPARE(pictures(folder.file(), 1), std::string());
    QCOMPARE(reader.runs()[0].image_bytes, 0);
    QVERIFY(!reader.tree({1}, 0, {0}).nodes.empty());  // every number is kept
  }

  void pictures_of_probes_go_last_and_their_numbers_stay() {
    const StoreFolder folder;
    RunWriter writer(folder.file());
    const RunId run = writer.create_run(creation());
    RandomRecords random(5);
    ProbeRecord probe{.prompts = {{.text = "noise", .diversity = .5, .pictures = {}}}};
    for (int seed = 0; seed < 60; ++seed)  // more than half a megabyte
      probe.prompts[0].pictures.push_back({.seed = seed, .rewards = {}, .image = random.image(64)});
    writer.write_probe(probe);
    writer.write_iteration(plain_iteration(0), std::vector{small_tree(0, 0, 60, 64)});
    writer.set_status(RunStatus::finished);
    StoreConnection store(folder.file(), StoreAccess::write);
    RunReader reader(folder.file());
    const auto kept = [&] {
      return std::ranges::count_if(
          reader.probes(run).at(0).prompts.at(0).pictures,
          [](const ProbePicture& picture) { return !picture.image.empty(); });
    };
    compact_store(store, {.budget_mb = 1});
    QCOMPARE(pictures(folder.file(), 1), std::string());
    QCOMPARE(kept(), 60);
    QCOMPARE(findings(folder.file()), std::size_t{0});
    compact_store(store, {.budget_mb = 0});
    QCOMPARE(kept(), 0);
    QCOMPARE(reader.runs()[0].image_bytes, 0);
    QCOMPARE(reader.probes(run).at(0).prompts.at(0).diversity, .5);
    QCOMPARE(findings(folder.file()), std::size_t{0});
  }

  void folders_that_nobody_knows_go_and_others_stay() {
    const StoreFolder folder;
    add_run(folder.file(), "run", 1);
    RunWriter live(folder.file());
    const RunId run = live.create_run(creation("live"));
    const fs::path files = store_files_folder(folder.file());
    write_sample_checkpoint(files / "1" / "checkpoint-000001", 1);
    fs::create_directories(files / "1" / "checkpoint-000002.unfinished");
    fs::create_directories(files / "1" / "pictures");
    write_sample_checkpoint(files / "77" / "checkpoint-000001", 1);
    fs::create_directories(files / "my notes");
    write_sample_checkpoint(live.checkpoint_folder(1), 1);  // its row is still to come
    StoreConnection store(folder.file(), StoreAccess::write);
    const CompactReport report = compact_store(store);
    QCOMPARE(report.done.size(), std::size_t{3});
    QVERIFY(report.folder_bytes > 0);
    QVERIFY(!fs::exists(files / "77"));
    QVERIFY(!fs::exists(files / "1" / "checkpoint-000001"));
    QVERIFY(!fs::exists(files / "1" / "checkpoint-000002.unfinished"));
    QVERIFY(fs::exists(files / "1" / "pictures"));
    QVERIFY(fs::exists(files / "my notes"));
    QVERIFY(fs::exists(checkpoint_folder(folder.file(), run.value, 1)));
  }

  void a_checkpoint_with_a_row_stays() {
    const StoreFolder folder;
    {
      RunWriter writer(folder.file());
      writer.create_run(creation("run"));
      write_sample_checkpoint(writer.checkpoint_folder(4), 4);
      writer.write_checkpoint(4);
    }
    StoreConnection store(folder.file(), StoreAccess::write);
    compact_store(store);
    QVERIFY(fs::exists(checkpoint_folder(folder.file(), 1, 4) / "state.json"));
  }

  void pictures_of_a_run_that_is_being_trained_stay() {
    const StoreFolder folder;
    RunWriter live(folder.file());
    live.create_run(creation("live"));
    live.write_iteration(plain_iteration(0), std::vector{small_tree(0, 0)});
    StoreConnection store(folder.file(), StoreAccess::write);
    QCOMPARE(compact_store(store, {.budget_mb = 0}).image_bytes, 0);
    QCOMPARE(pictures(folder.file(), 1), std::string("0:4"));
    live.write_iteration(plain_iteration(1), std::vector{small_tree(1, 0)});
  }

  void a_vacuum_takes_the_gaps_away() {
    const StoreFolder folder;
    add_run(folder.file(), "run", 30);
    SQLite::Database(folder.file(), SQLite::OPEN_READWRITE).exec("DELETE FROM image");
    StoreConnection store(folder.file(), StoreAccess::write);
    const VacuumReport report = vacuum_store(store);
    QVERIFY(report.bytes_after < report.bytes_before);
    QCOMPARE(report.bytes_after, static_cast<std::int64_t>(fs::file_size(folder.file())));
    QCOMPARE(SQLite::Database(folder.file()).execAndGet("PRAGMA auto_vacuum").getInt(), 2);
    QCOMPARE(RunReader(folder.file()).iterations({1}).size(), std::size_t{30});
  }

  void a_store_that_is_being_written_is_not_written_anew() {
    const StoreFolder folder;
    RunWriter live(folder.file());
    live.create_run(creation("live"));
    StoreConnection store(folder.file(), StoreAccess::write);
    VERIFY_SAYS(vacuum_store(store), "while the run 'live' is being trained by process");
  }
};

QTEST_GUILESS_MAIN(TestStoreCare)
#include "tst_store_care.moc"
