#include <QTest>
#include <functional>
#include <random>

#include "base/error.h"
#include "support/tree_text.h"
#include "tree/regrow_schedule.h"
#include "tree/schedule.h"

using namespace treegrpo;

namespace {

// Six steps, two roots; steps 1 and 2 draw noise and branch in three.
TreeRecord tree() {
  TreeSchedule schedule{.roots = 2, .shared_root_noise = false, .steps = {}};
  schedule.steps.resize(6);
  for (const std::size_t step : {1u, 2u})
    schedule.steps[step] = {.branch = 3, .noise_level = .7, .train = true};
  std::mt19937 random(1);
  return test::grown_tree(schedule, random);
}

std::int32_t node_at(const TreeRecord& record, std::int32_t step) {
  std::int32_t node = 0;
  while (record.nodes[static_cast<std::size_t>(node)].step != step) ++node;
  return node;
}

QString refusal(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return QString::fromUtf8(error.what());
  }
  return "none";
}

}  // namespace

class TestRegrowSchedule : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_subtree_keeps_the_steps_after_its_node_and_replays_those_before() {
    const TreeRecord record = tree();
    const TreeSchedule schedule = regrow_schedule(record, {.node = {node_at(record, 2)}}, 100);
    QCOMPARE(schedule.roots, 1);
    QVERIFY(!schedule.shared_root_noise);
    QVERIFY(schedule.steps[1] == (StepPlan{.branch = 1, .noise_level = .7}));
    QVERIFY(schedule.steps[2] == record.schedule.steps[2]);
    QCOMPARE(counts(schedule).leaves, std::int64_t{3});
  }

  void more_leaves_branch_once_at_the_first_noise_that_is_left() {
    const TreeRecord record = tree();
    for (const std::int32_t step : {0, 1, 2}) {
      const TreeSchedule schedule = regrow_schedule(
          record, {.node = {node_at(record, step)}, .kind = RegrowKind::leaves, .leaves = 5}, 100);
      QCOMPARE(counts(schedule).leaves, std::int64_t{5});
      QCOMPARE(schedule.steps[static_cast<std::size_t>(std::max(step, 1))].branch, 5);
    }
  }

  void another_schedule_holds_from_the_node_on() {
    const TreeRecord record = tree();
    TreeSchedule other = record.schedule;
    for (StepPlan& plan : other.steps) plan = {.branch = 2, .noise_level = .3, .train = true};
    other.steps.back() = {};
    const RegrowWish wish{.node = {node_at(record, 3)}, .other = other};
    const TreeSchedule schedule = regrow_schedule(record, wish, 100);
    QCOMPARE(schedule.steps[2].noise_level, .7);
    QCOMPARE(counts(schedule).leaves, std::int64_t{4});
  }

  void what_cannot_grow_is_refused_in_a_sentence() {
    const TreeRecord record = tree();
    const auto said = [&](const RegrowWish& wish) {
      return refusal([&] { regrow_schedule(record, wish, 100); });
    };
    QVERIFY(said({.node = {node_at(record, 6)}}).contains("is a leaf"));
    QVERIFY(said({.node = {node_at(record, 3)}}).contains("draws noise"));
    QVERIFY(said({.node = {node_at(record, 3)}, .kind = RegrowKind::leaves}).contains("noise"));
    QVERIFY(said({.node = {9999}}).contains("has no node 9999"));
    QVERIFY(said({.node = {-1}}).contains("has no node -1"));
    QVERIFY(said({.node = {0}, .kind = RegrowKind::leaves, .leaves = 101}).contains("leaves"));
    QVERIFY(said({.node = {0}, .kind = RegrowKind::leaves, .leaves = 0}).contains("branch = 0"));
    QVERIFY(said({.node = {0}, .other = TreeSchedule{}}).contains("has 0 steps"));
  }
};

QTEST_APPLESS_MAIN(TestRegrowSchedule)
#include "tst_regrow_schedule.moc"
