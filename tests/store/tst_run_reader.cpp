#include "sample_records.h"
#include "store/run_reader.h"
#include "store/run_writer.h"
#include "store_test.h"

using namespace treegrpo;
using namespace treegrpo::test;

class TestRunReader : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void any_record_reads_back_as_it_was_written() {
    const StoreFolder folder;
    RunWriter writer(folder.file());
    RunCreation all = creation();
    all.config.images.every = 1;
    const RunId run = writer.create_run(all);
    RunReader reader(folder.file());
    for (unsigned seed = 0; seed < 60; ++seed) {
      RandomRecords random(seed);
      const auto index = static_cast<std::int32_t>(seed);
      std::vector<TreeRecord> trees;
      for (int prompt = random.whole(0, 3); prompt > 0; --prompt)
        trees.push_back(random.tree(index, prompt));
      const IterationRecord iteration = random.iteration(index);
      const EvaluationRecord evaluation = random.evaluation(index);
      writer.write_iteration(iteration, trees);
      writer.write_evaluation(evaluation);
      QVERIFY(same(reader.iteration(run, index), iteration));
      QVERIFY(same(reader.iterations(run).back(), iteration));
      QVERIFY(same(reader.evaluations(run).back(), evaluation));
      QCOMPARE(reader.prompts(run, index).size(), trees.size());
      for (const TreeRecord& tree : trees)
        QVERIFY(same(reader.tree(run, index, tree.prompt), tree));
    }
  }

  void the_numbers_of_a_tree_are_read_without_its_pictures() {
    const StoreFolder folder;
    RunWriter writer(folder.file());
    const RunId run = writer.create_run(creation());
    TreeRecord tree = small_tree(0, 0);
    writer.write_iteration(plain_iteration(0), std::vector{tree});
    RunReader reader(folder.file());
    const TreeRecord numbers = reader.tree_numbers(run, 0, {0});
    QVERIFY(!same(numbers, tree));
    for (TreeNode& node : tree.nodes) node.image = {};
    QVERIFY(same(numbers, tree));
    VERIFY_SAYS(reader.tree_numbers(run, 0, {5}), "has no prompt 5; it has 0 to 0");
  }

  void pictures_are_read_one_by_one() {
    const StoreFolder folder;
    RunWriter writer(folder.file());
    const RunId run = writer.create_run(creation());
    TreeRecord tree = small_tree(0, 0);
    tree.nodes[2].image = {};
    writer.write_iteration(plain_iteration(0), std::vector{tree});
    RunReader reader(folder.file());
    QVERIFY(reader.image(run, 0, {0}, {1}) == tree.nodes[1].image);
    QVERIFY(!reader.image(run, 0, {0}, {2}).has_value());
    VERIFY_SAYS(reader.image(run, 0, {0}, {9}), "has no node 9; it has 0 to 3");
    VERIFY_SAYS(reader.image(run, 0, {5}, {0}), "has no prompt 5; it has 0 to 0");
  }

  void a_summary_says_what_the_run_is() {
    const StoreFolder folder;
    RunWriter writer(folder.file());
    RunCreation made = creation("first");
    made.config.run.seed = 0xFFFFFFFFFFFFFFF0ULL;
    made.config.run.iterations = 7;
    writer.create_run(made);
    writer.set_status(RunStatus::running);
    writer.write_iteration(plain_iteration(0), std::vector{small_tree(0, 0)});
    RunReader reader(folder.file());
    const RunSummary run = reader.find_run("first");
    QCOMPARE(run.method, std::string("treegrpo"));
    QVERIFY(run.status == RunStatus::running);
    QCOMPARE(run.iterations, 1);
    QCOMPARE(run.iterations_planned, 7);
    QCOMPARE(run.seed, std::uint64_t{0xFFFFFFFFFFFFFFF0ULL});
    QVERIFY(run.image_bytes > 0);
    QVERIFY(!run.provenance.host.empty());
    QCOMPARE(run.provenance.torch, std::string("2.15"));
    QCOMPARE(run.provenance.wait_policy, std::string("passive"));
    QCOMPARE(reader.config_toml(run.run), made.config_toml);
    QVERIFY(reader.find_run("1").run == run.run);
  }

  void the_spread_of_a_prompts_rewards_is_there_without_its_nodes() {
    const StoreFolder folder;
    RunWriter writer(folder.file());
    const RunId run = writer.create_run(creation());
    writer.write_iteration(plain_iteration(0), std::vector{small_tree(0, 0)});
    RunReader reader(folder.file());
    const PromptSummary prompt = reader.prompts(run, 0).at(0);  // of 0, .25, .5
    QCOMPARE(prompt.leaves, 3);
    QCOMPARE(prompt.reward_mean, .25);
    QCOMPARE(prompt.reward_std, std::sqrt(.125 / 3));
    QCOMPARE(prompt.reward_min, 0.);
    QCOMPARE(prompt.reward_max, .5);
  }

  void what_is_not_there_is_answered_with_what_is() {
    const StoreFolder folder;
    RunWriter writer(folder.file());
    RunReader reader(folder.file());
    VERIFY_SAYS(reader.find_run("x"), "holds no runs yet");
    const RunId run = writer.create_run(creation("treegrpo-fast"));
    VERIFY_SAYS(reader.find_run("treegrpo-fsat"), "did you mean 'treegrpo-fast'?");
    VERIFY_SAYS(reader.find_run("fast"), "did you mean 'treegrpo-fast'?");
    VERIFY_SAYS(reader.find_run("9"), "the newest is 'treegrpo-fast' (id 1)");
    VERIFY_SAYS(reader.tree(run, 0, {0}), "it has none yet");
    writer.write_iteration(plain_iteration(0), std::vector{small_tree(0, 0), small_tree(0, 1)});
    writer.write_iteration(plain_iteration(1), std::vector{small_tree(1, 0)});
    VERIFY_SAYS(reader.tree(run, 5, {0}), "has no iteration 5 in the store; it has 0 to 1");
    VERIFY_SAYS(reader.iteration(run, 2), "it has 0 to 1");
    VERIFY_SAYS(reader.tree(run, 0, {2}), "has no prompt 2; it has 0 to 1");
    VERIFY_SAYS(reader.config_toml({8}), "there is no run 8");
  }

  void what_is_asked_at_one_moment_is_of_that_moment() {
    const StoreFolder folder;
    RunWriter writer(folder.file());
    const RunId run = writer.create_run(creation());
    writer.write_iteration(plain_iteration(0), std::vector{small_tree(0, 0)});
    RunReader reader(folder.file());
    reader.at_one_moment([&] {
      QCOMPARE(reader.iterations(run).size(), std::size_t{1});
      writer.write_iteration(plain_iteration(1), std::vector{small_tree(1, 0)});
      QCOMPARE(reader.iterations(run).size(), std::size_t{1});
    });
    QCOMPARE(reader.iterations(run).size(), std::size_t{2});
    // One that ends in an error is over, too.
    VERIFY_SAYS(reader.at_one_moment([&] { reader.iteration(run, 7); }), "it has 0 to 1");
    writer.write_iteration(plain_iteration(2), std::vector{small_tree(2, 0)});
    QCOMPARE(reader.iterations(run).size(), std::size_t{3});
  }

  void checkpoints_and_changes_are_listed_in_order() {
    const StoreFolder folder;
    RunWriter writer(folder.file());
    const RunId run = writer.create_run(creation());
    for (const int iterations : {4, 2, 6}) writer.write_checkpoint(iterations, .1 * iterations);
    writer.remove_checkpoint(4);
    const ParameterChanged change{.iteration = 3,
                                  .key = "objective.clip_range",
                                  .old_value = "1",
                                  .new_value = "2",
                                  .author = "ada@lab"};
    writer.change_parameters({&change, 1});
    RunReader reader(folder.file());
    const std::vector<CheckpointRow> checkpoints = reader.checkpoints(run);
    QCOMPARE(checkpoints.size(), std::size_t{2});
    QCOMPARE(checkpoints[0].path, folder.path() / "runs.tgws.files/1/checkpoint-000002");
    QCOMPARE(checkpoints[0].path, writer.checkpoint_folder(2));
    QCOMPARE(checkpoints[1].iterations, 6);
    QCOMPARE(reader.parameter_changes(run).at(0).key, std::string("objective.clip_range"));
    QCOMPARE(reader.parameter_changes(run).at(0).author, std::string("ada@lab"));
  }

  void changes_of_others_are_noticed_once() {
    const StoreFolder folder;
    RunWriter writer(folder.file());
    RunReader reader(folder.file());
    QVERIFY(!reader.changed());
    writer.create_run(creation());
    QVERIFY(reader.changed());
    QVERIFY(!reader.changed());
    QCOMPARE(reader.runs().size(), std::size_t{1});
    QVERIFY(!reader.changed());
  }
};

QTEST_GUILESS_MAIN(TestRunReader)
#include "tst_run_reader.moc"
