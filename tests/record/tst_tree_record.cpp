#include <QtTest>

#include "support/tree_text.h"

using namespace treegrpo;
using test::text_from_tree;
using test::tree_from_text;
using Ids = std::vector<std::int32_t>;

namespace {

TreeRecord two_trees() {
  return tree_from_text(R"(
    root
      sde -1.0
        ode = 0.5 2
      sde -1.2
        ode = 0.1 3
    root
      sde -1.1
        ode = 0.7 4
      sde -1.3
        ode = 0.9 5
  )");
}

}  // namespace

class TestTreeRecord : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void nodes_of_a_step_stand_before_those_of_the_next() {
    QCOMPARE(text_from_tree(two_trees()), std::string("0 root\n"
                                                      "  2 sde\n"
                                                      "    6 ode\n"
                                                      "  3 sde\n"
                                                      "    7 ode\n"
                                                      "1 root\n"
                                                      "  4 sde\n"
                                                      "    8 ode\n"
                                                      "  5 sde\n"
                                                      "    9 ode\n"));
  }

  void leaves_are_the_nodes_of_the_last_step_in_node_order() {
    QVERIFY(leaves(two_trees()) == (Ids{6, 7, 8, 9}));
  }

  void children_are_listed_under_their_parents() {
    const auto below = treegrpo::children(two_trees());
    QVERIFY(below[0] == (Ids{2, 3}));
    QVERIFY(below[1] == (Ids{4, 5}));
    QVERIFY(below[3] == (Ids{7}));
    QVERIFY(below[9].empty());
  }

  void a_path_is_the_child_index_of_every_step() {
    const TreeRecord record = two_trees();
    QVERIFY(path(record, 1).empty());
    QVERIFY(path(record, 5) == (Ids{1}));
    QVERIFY(path(record, 9) == (Ids{1, 0}));
    QCOMPARE(record.nodes[9].tree, 1);
  }

  void the_total_reward_of_a_leaf_is_the_weighted_sum_of_its_columns() {
    TreeRecord record = two_trees();
    record.reward_weights = {2, .1};
    QCOMPARE(total_reward(record, 1), 2 * .1 + .1 * 3);
  }

  void a_drawing_makes_its_schedule() {
    const TreeSchedule schedule = two_trees().schedule;
    QCOMPARE(schedule.roots, 2);
    QVERIFY(schedule.steps == (std::vector<StepPlan>{{2, .7, true}, {1, 0, false}}));
  }
};

QTEST_GUILESS_MAIN(TestTreeRecord)
#include "tst_tree_record.moc"
