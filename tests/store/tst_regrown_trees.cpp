// What was grown again stands beside the trees of its iteration and counts nowhere.
#include "sample_records.h"
#include "store/regrown_trees.h"
#include "store/run_reader.h"
#include "store/run_writer.h"
#include "store/store_check.h"
#include "store_test.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

// Of a small tree: other leaves of its root.
Regrown sample(std::int32_t iteration, std::uint64_t seed) {
  Regrown regrown{.tree = small_tree(iteration, 1, 5),
                  .from = {0},
                  .from_tree = 0,
                  .node = 0,
                  .kind = RegrowKind::leaves,
                  .seed = seed,
                  .weights = {.iterations = 7, .updating = true},
                  .log_prob_difference = .25};
  return regrown;
}

RunId write_run(const std::filesystem::path& file) {
  RunWriter writer(file);
  const RunId run = writer.create_run(creation("first"));
  for (std::int32_t i = 0; i < 2; ++i)
    writer.write_iteration(plain_iteration(i), std::vector{small_tree(i, 0), small_tree(i, 1)});
  writer.set_status(RunStatus::finished);
  return run;
}

std::int64_t add(const std::filesystem::path& file, RunId run, const Regrown& regrown) {
  StoreConnection store(file, StoreAccess::write);
  return add_regrown(store, run, regrown);
}

}  // namespace

class TestRegrownTrees : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void it_is_read_as_it_was_written() {
    const StoreFolder folder;
    const RunId run = write_run(folder.file());
    constexpr std::uint64_t largest = 18446744073709551615u;
    Regrown plain = sample(1, largest);
    plain.log_prob_difference = no_value;
    plain.kind = RegrowKind::subtree;
    const std::int64_t first = add(folder.file(), run, sample(1, 3));
    const std::int64_t second = add(folder.file(), run, plain);
    RunReader reader(folder.file());
    const auto stored = reader.regrown(run, 1, {1});
    QCOMPARE(stored.size(), std::size_t{2});
    QCOMPARE(stored[0].id, first);
    QCOMPARE(stored[1].id, second);
    const Regrown& read = stored[0].regrown;
    QVERIFY(read.weights == (WeightsOrigin{.iterations = 7, .updating = true}));
    QCOMPARE(read.log_prob_difference, .25);
    QVERIFY(read.kind == RegrowKind::leaves);
    QCOMPARE(read.tree.text, std::string("a red circle"));
    QVERIFY(read.tree.rewards == sample(1, 3).tree.rewards);
    QCOMPARE(read.tree.nodes.size(), std::size_t{6});
    for (std::size_t node = 0; node < 6; ++node)
      QVERIFY(read.tree.nodes[node].image == sample(1, 3).tree.nodes[node].image);
    QCOMPARE(stored[1].regrown.seed, largest);
    QVERIFY(std::isnan(stored[1].regrown.log_prob_difference));
    QVERIFY(reader.regrown(run, 0, {1}).empty());
    VERIFY_SAYS(reader.regrown(run, 0, {9}), "has no prompt 9");
  }

  void the_run_is_as_without_it_and_the_store_is_sound() {
    const StoreFolder with, without;
    const RunId run = write_run(with.file());
    write_run(without.file());
    add(with.file(), run, sample(1, 3));
    RunReader a(with.file()), b(without.file());
    QCOMPARE(a.find_run("first").image_bytes, b.find_run("first").image_bytes);
    QCOMPARE(a.tree(run, 1, {1}).nodes.size(), b.tree(run, 1, {1}).nodes.size());
    QCOMPARE(a.prompts(run, 1)[1].leaves, b.prompts(run, 1)[1].leaves);
    StoreConnection store(with.file(), StoreAccess::read);
    for (const StoreFinding& finding : check_store(store).findings) QFAIL(finding.sentence.c_str());
  }

  void it_goes_with_the_trees_of_its_iteration() {
    const StoreFolder folder;
    const RunId run = write_run(folder.file());
    add(folder.file(), run, sample(0, 3));
    add(folder.file(), run, sample(1, 3));
    {
      RunWriter writer(folder.file());
      writer.claim_run(run);
      writer.write_iteration(plain_iteration(1), std::vector{small_tree(1, 0), small_tree(1, 1)});
    }
    RunReader reader(folder.file());
    QVERIFY(reader.regrown(run, 1, {1}).empty());
    QCOMPARE(reader.regrown(run, 0, {1}).size(), std::size_t{1});
  }

  void what_belongs_nowhere_is_refused() {
    const StoreFolder folder;
    const RunId run = write_run(folder.file());
    VERIFY_SAYS(add(folder.file(), run, sample(5, 3)), "no longer has the tree of iteration 5");
    Regrown broken = sample(1, 3);
    broken.tree.nodes.clear();
    VERIFY_SAYS(add(folder.file(), run, broken), "has no nodes");
    QVERIFY(RunReader(folder.file()).regrown(run, 1, {1}).empty());
  }
};

QTEST_GUILESS_MAIN(TestRegrownTrees)
#include "tst_regrown_trees.moc"
