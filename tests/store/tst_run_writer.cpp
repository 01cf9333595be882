#include <algorithm>

#include "sample_records.h"
#include "store/run_reader.h"
#include "store/run_writer.h"
#include "store_test.h"

using namespace treegrpo;
using namespace treegrpo::test;

class TestRunWriter : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void an_iteration_that_cannot_be_written_leaves_nothing() {
    const StoreFolder folder;
    RunWriter writer(folder.file());
    const RunId run = writer.create_run(creation());
    writer.write_iteration(plain_iteration(0), std::vector{small_tree(0, 0)});
    const TreeRecord kept = small_tree(0, 0);

    // Two trees of one prompt: the second breaks a rule of the tables, midway.
    VERIFY_SAYS(
        writer.write_iteration(plain_iteration(1), std::vector{small_tree(1, 0), small_tree(1, 0)}),
        "cannot be used");
    VERIFY_SAYS(
        writer.write_iteration(plain_iteration(0), std::vector{small_tree(0, 3), small_tree(0, 3)}),
        "cannot be used");
    RunReader reader(folder.file());
    QCOMPARE(reader.iterations(run).size(), std::size_t{1});
    QVERIFY(reader.prompts(run, 1).empty());
    QVERIFY(same(reader.tree(run, 0, {0}), kept));
    QCOMPARE(reader.runs()[0].iterations, 1);
    writer.write_iteration(plain_iteration(1), std::vector{small_tree(1, 0)});  // and goes on
    QCOMPARE(reader.runs()[0].iterations, 2);
  }

  void records_that_do_not_fit_together_are_refused() {
    const StoreFolder folder;
    RunWriter writer(folder.file());
    writer.create_run(creation());
    VERIFY_SAYS(writer.write_iteration(plain_iteration(1), std::vector{small_tree(0, 0)}),
                "a tree of iteration 0 cannot be stored with iteration 1");
    TreeRecord tree = small_tree(0, 0);
    tree.rewards[0].pop_back();
    VERIFY_SAYS(writer.write_iteration(plain_iteration(0), std::vector{tree}),
                "reward 'scene' has 2 values for the 3 leaves");
  }

  void an_iteration_that_is_run_again_replaces_its_rows() {
    const StoreFolder folder;
    RunWriter writer(folder.file());
    const RunId run = writer.create_run(creation());
    writer.write_iteration(plain_iteration(0), std::vector{small_tree(0, 0), small_tree(0, 1)});
    RunReader reader(folder.file());
    const std::int64_t bytes = reader.runs()[0].image_bytes;
    IterationRecord again = plain_iteration(0);
    again.reward = 9;
    const TreeRecord other = small_tree(0, 1, 2);
    writer.write_iteration(again, std::vector{other});
    QCOMPARE(reader.iteration(run, 0).reward, 9.);
    QCOMPARE(reader.prompts(run, 0).size(), std::size_t{1});
    QVERIFY(same(reader.tree(run, 0, {1}), other));
    QVERIFY(reader.runs()[0].image_bytes < bytes);
  }

  void trees_can_be_written_as_they_are_shared() {
    const StoreFolder folder;
    RunWriter writer(folder.file());
    const RunId run = writer.create_run(creation());
    const std::vector<std::shared_ptr<const TreeRecord>> trees = {
        std::make_shared<const TreeRecord>(small_tree(0, 0))};
    writer.write_iteration(plain_iteration(0), trees);
    QVERIFY(same(RunReader(folder.file()).tree(run, 0, {0}), *trees[0]));
  }

  void a_new_run_is_preparing_and_knows_when_it_was_made() {
    const StoreFolder folder;
    RunWriter writer(folder.file());
    writer.create_run(creation());
    const RunSummary run = RunReader(folder.file()).runs().front();
    QVERIFY(run.status == RunStatus::preparing);
    QCOMPARE(run.created.size(), std::string("2026-11-26T02:11:14Z").size());
    QCOMPARE(run.created.back(), 'Z');
    QCOMPARE(run.created, run.updated);
  }

  void names_are_unique_and_made_where_none_is_given() {
    const StoreFolder folder;
    RunWriter first(folder.file());
    RunWriter second(folder.file());
    RunWriter third(folder.file());
    first.create_run(creation());
    second.create_run(creation());
    QCOMPARE(first.name(), std::string("treegrpo-s1-1"));
    QCOMPARE(second.name(), std::string("treegrpo-s1-2"));
    VERIFY_SAYS(third.create_run(creation("treegrpo-s1-2")),
                "there is a run named 'treegrpo-s1-2' already");
    VERIFY_SAYS(third.create_run(creation("12")), "numbers are ids");
    VERIFY_SAYS(third.create_run(creation("a/b")), "no '/'");
  }

  void two_writers_write_two_runs_of_one_store() {
    const StoreFolder folder;
    RunWriter first(folder.file());
    RunWriter second(folder.file());
    const RunId a = first.create_run(creation("a"));
    const RunId b = second.create_run(creation("b"));
    for (int iteration = 0; iteration < 5; ++iteration) {
      first.write_iteration(plain_iteration(iteration), std::vector{small_tree(iteration, 0)});
      second.write_iteration(plain_iteration(iteration), std::vector{small_tree(iteration, 1)});
    }
    RunReader reader(folder.file());
    QCOMPARE(reader.iterations(a).size(), std::size_t{5});
    QVERIFY(same(reader.tree(b, 4, {1}), small_tree(4, 1)));
  }

  void a_run_has_one_writer() {
    const StoreFolder folder;
    RunWriter first(folder.file());
    RunWriter second(folder.file());
    const RunId run = first.create_run(creation("mine"));
    VERIFY_SAYS(second.claim_run(run), "the run 'mine' is being trained by process");
    first.set_status(RunStatus::stopped);
    VERIFY_SAYS(first.heartbeat(), "no longer writes the run 'mine'");
    second.claim_run(run);
    QCOMPARE(second.name(), std::string("mine"));
    second.write_iteration(plain_iteration(0), std::vector{small_tree(0, 0)});
    VERIFY_SAYS(first.write_iteration(plain_iteration(1), std::vector{small_tree(1, 0)}),
                "no longer writes");
    VERIFY_SAYS(second.claim_run({7}), "there is no run 7");
  }

  void a_claimed_run_that_is_given_back_is_what_it_was() {
    const StoreFolder folder;
    RunWriter first(folder.file());
    const RunId run = first.create_run(creation());
    first.set_status(RunStatus::failed, "the reward was not a number");
    RunReader reader(folder.file());
    {
      RunWriter second(folder.file());
      second.claim_run(run);
      QVERIFY(reader.runs()[0].status == RunStatus::preparing);
    }
    QVERIFY(reader.runs()[0].status == RunStatus::failed);
    QCOMPARE(reader.runs()[0].failure, std::string("the reward was not a number"));
    {
      RunWriter third(folder.file());
      third.claim_run(run);
      third.set_status(RunStatus::running);
    }
    QVERIFY(reader.runs()[0].status == RunStatus::interrupted);
    QVERIFY(reader.runs()[0].failure.empty());
  }

  void iterations_that_are_run_again_leave_the_later_ones() {
    const StoreFolder folder;
    RunWriter writer(folder.file());
    const RunId run = writer.create_run(creation());
    for (const int i : {0, 1, 2, 1})
      writer.write_iteration(plain_iteration(i), std::vector{small_tree(i, 0)});
    RunReader reader(folder.file());
    QCOMPARE(reader.runs()[0].iterations, 3);
    QCOMPARE(reader.iterations(run).size(), std::size_t{3});
  }

  // The budget is used up in order of iterations, whichever were there before.
  void an_iteration_that_is_run_again_keeps_the_same_pictures() {
    const StoreFolder folder;
    RunCreation limited = creation();
    limited.config.images.budget_mb = 1;
    RunWriter writer(folder.file());
    const RunId run = writer.create_run(limited);
    RunReader reader(folder.file());
    const auto write = [&](std::int32_t i) {
      writer.write_iteration(plain_iteration(i), std::vector{small_tree(i, 0, 9, 64)});
    };
    const auto pictures = [&](std::int32_t i) {
      int count = 0;
      for (const TreeNode& node : reader.tree(run, i, {0}).nodes)
        count += node.image.empty() ? 0 : 1;
      return count;
    };
    std::vector<int> before;
    while (before.empty() || before.back() > 0) {
      QVERIFY(before.size() < 100);
      const auto next = static_cast<std::int32_t>(before.size());
      write(next);
      before.push_back(pictures(next));
    }
    const std::int64_t bytes = reader.runs()[0].image_bytes;
    const auto written = static_cast<std::int32_t>(before.size());
    QVERIFY(written > 3);
    for (std::int32_t i = 0; i < written; ++i) write(i);
    for (std::int32_t i = 0; i < written; ++i)
      QCOMPARE(pictures(i), before[static_cast<std::size_t>(i)]);
    QCOMPARE(reader.runs()[0].image_bytes, bytes);
  }

  void a_probe_reads_as_it_was_written_and_is_replaced_by_the_next_of_its_iteration() {
    const StoreFolder folder;
    RunWriter writer(folder.file());
    const RunId run = writer.create_run(creation());
    RunReader reader(folder.file());
    for (unsigned seed = 0; seed < 20; ++seed) {
      RandomRecords random(seed);
      const std::vector<ProbeRecord> probes = {random.probe(0), random.probe(20)};
      writer.write_probe(probes[1]);
      writer.write_probe(probes[0]);
      QVERIFY(same(reader.probes(run), probes));
    }
    QVERIFY(reader.has_probe(run, 20));
    QVERIFY(!reader.has_probe(run, 19));
    QVERIFY(reader.runs()[0].image_bytes > 0);
  }

  void a_probe_that_is_taken_again_keeps_the_same_pictures_of_the_same_budget() {
    const StoreFolder folder;
    RunCreation limited = creation();
    limited.config.images.budget_mb = 1;
    RunWriter writer(folder.file());
    const RunId run = writer.create_run(limited);
    RunReader reader(folder.file());
    RandomRecords random(1);
    ProbeRecord probe{.iteration = 0, .prompts = {{.text = "noise", .pictures = {}}}};
    for (int seed = 0; seed < 30; ++seed)
      probe.prompts[0].pictures.push_back({.seed = seed, .rewards = {}, .image = random.image(64)});
    const auto write = [&](std::int32_t i) {
      probe.iteration = i;
      writer.write_probe(probe);
      writer.write_iteration(plain_iteration(i), std::vector{small_tree(i, 0, 9, 64)});
    };
    const auto pictures = [&] {
      std::vector<int> counts;
      for (const ProbeRecord& record : reader.probes(run))
        counts.push_back(static_cast<int>(std::ranges::count_if(
            record.prompts[0].pictures,
            [](const ProbePicture& picture) { return !picture.image.empty(); })));
      return counts;
    };
    for (std::int32_t i = 0; i < 5; ++i) write(i);
    const std::vector<int> before = pictures();
    const std::int64_t bytes = reader.runs()[0].image_bytes;
    QCOMPARE(before.front(), 30);
    QCOMPARE(before.back(), 0);
    QVERIFY(bytes <= 1'000'000);
    for (std::int32_t i = 0; i < 5; ++i) write(i);
    QCOMPARE(pictures(), before);
    QCOMPARE(reader.runs()[0].image_bytes, bytes);
  }

  void a_writer_that_goes_away_leaves_its_run_interrupted() {
    const StoreFolder folder;
    {
      RunWriter writer(folder.file());
      writer.create_run(creation());
      writer.set_status(RunStatus::running);
    }
    RunReader reader(folder.file());
    QVERIFY(reader.runs()[0].status == RunStatus::interrupted);
  }

  void a_failed_run_keeps_its_sentence() {
    const StoreFolder folder;
    RunWriter writer(folder.file());
    writer.create_run(creation());
    writer.set_status(RunStatus::failed, "the reward was not a number");
    RunReader reader(folder.file());
    QVERIFY(reader.runs()[0].status == RunStatus::failed);
    QCOMPARE(reader.runs()[0].failure, std::string("the reward was not a number"));
  }

  void a_full_disk_is_a_sentence_and_loses_nothing() {
    const StoreFolder folder;
    RunWriter writer(folder.file(), {.max_bytes = 1'600'000});
    const RunId run = writer.create_run(creation());
    QString sentence;
    std::int32_t written = 0;
    while (written < 1000 && sentence.isEmpty()) {
      sentence = sentence_of([&] {
        writer.write_iteration(plain_iteration(written),
                               std::vector{small_tree(written, 0, 3, 32)});
      });
      if (sentence.isEmpty()) ++written;
    }
    QVERIFY2(sentence.contains("the disk is full"), qPrintable(sentence));
    QVERIFY(written > 3);
    RunReader reader(folder.file());
    QCOMPARE(reader.iterations(run).size(), static_cast<std::size_t>(written));
    QVERIFY(same(reader.iteration(run, written - 1), plain_iteration(written - 1)));
  }

  void the_total_can_be_raised() {
    const StoreFolder folder;
    RunWriter writer(folder.file());
    writer.create_run(creation());
    writer.set_iterations_planned(500);
    QCOMPARE(RunReader(folder.file()).runs()[0].iterations_planned, 500);
  }
};

QTEST_GUILESS_MAIN(TestRunWriter)
#include "tst_run_writer.moc"
