#include <QtTest>

#include "canvas/tree_walk.h"
#include "canvas_trees.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

// 0 root; 1, 2 its children; 3, 4 under 1 and 5, 6 under 2; leaves 7 to 10.
TreeRecord fourLeaves() {
  TreeRecord record = tree_from_text(R"(
    root
      sde -1
        sde -1
          ode = 0.1
        sde -1
          ode = 0.9
      sde -1
        sde -1
          ode = 0.5
        sde -1
          ode = 0.3
  )");
  giveCredit(record);
  return record;
}

}  // namespace

class TestTreeWalk : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void left_leads_to_the_parent_and_stops_at_the_root() {
    const TreeRecord record = fourLeaves();
    QCOMPARE(parentOf(record, {}, 8), 4);
    QCOMPARE(parentOf(record, {}, 0), 0);
    QCOMPARE(parentOf(record, {}, -1), 0);
  }

  void right_leads_to_the_best_child_and_then_to_the_last_walked() {
    const TreeRecord record = fourLeaves();
    QCOMPARE(childOf(record, {}, 0), 1);
    QCOMPARE(childOf(record, {}, 1), 4);
    QCOMPARE(childOf(record, {}, 10), 10);
    const TreeView walked = selecting({}, record, 9);
    QCOMPARE(walked.selected, 9);
    QCOMPARE(childOf(record, walked, 0), 2);
    QCOMPARE(childOf(record, walked, 2), 5);
  }

  void up_and_down_lead_on_to_the_nearest_cousin() {
    const TreeRecord record = fourLeaves();
    QCOMPARE(siblingOf(record, {}, 3, Direction::next), 4);
    QCOMPARE(siblingOf(record, {}, 4, Direction::next), 5);
    QCOMPARE(siblingOf(record, {}, 5, Direction::previous), 4);
    QCOMPARE(siblingOf(record, {}, 6, Direction::next), 6);
    QCOMPARE(siblingOf(record, {}, 0, Direction::previous), 0);
  }

  void up_and_down_follow_the_order_on_screen() {
    const TreeRecord record = fourLeaves();
    TreeView view;
    view.order = SiblingOrder::value;
    QCOMPARE(siblingOf(record, view, 4, Direction::next), 3);
    QCOMPARE(siblingOf(record, view, 4, Direction::previous), 4);
  }

  void a_walk_passes_over_what_is_collapsed() {
    const TreeRecord record = fourLeaves();
    const TreeView view = toggledCollapse({}, record, 1);
    QCOMPARE(childOf(record, view, 1), 1);
    QCOMPARE(siblingOf(record, view, 5, Direction::previous), 5);
    QCOMPARE(toggledCollapse(view, record, 1).collapsed.size(), std::size_t{0});
    QCOMPARE(toggledCollapse({}, record, 8).collapsed.size(), std::size_t{0});
  }

  void a_walk_stays_in_the_hoisted_subtree() {
    const TreeRecord record = fourLeaves();
    TreeView view;
    view.hoisted = 2;
    QCOMPARE(parentOf(record, view, 2), 2);
    QCOMPARE(rootOf(record, view, 10), 2);
    QCOMPARE(siblingOf(record, view, 5, Direction::previous), 5);
    QCOMPARE(childOf(record, view, -1), 2);
  }

  void branching_nodes_are_found_both_ways() {
    const TreeRecord record = fourLeaves();
    QCOMPARE(branchingOf(record, {}, 8, Direction::previous), 1);
    QCOMPARE(branchingOf(record, {}, 1, Direction::previous), 0);
    QCOMPARE(branchingOf(record, {}, 0, Direction::previous), 0);
    QCOMPARE(branchingOf(record, {}, 0, Direction::next), 1);
    QCOMPARE(branchingOf(record, {}, 3, Direction::next), 3);
  }

  void the_kth_child_counts_as_they_stand() {
    const TreeRecord record = fourLeaves();
    QCOMPARE(nthChildOf(record, {}, 0, 2), 2);
    QCOMPARE(nthChildOf(record, {}, 0, 3), 0);
    TreeView view;
    view.order = SiblingOrder::value;
    QCOMPARE(nthChildOf(record, view, 1, 1), 4);
  }

  void best_and_worst_leaves_are_those_of_the_rewards() {
    const TreeRecord record = fourLeaves();
    QCOMPARE(bestLeaf(record), 8);
    QCOMPARE(worstLeaf(record), 7);
    QCOMPARE(bestLeafBelow(record, {}, 2), 9);
    QCOMPARE(bestLeafBelow(record, {}, 10), 10);
    QCOMPARE(rootOf(record, {}, 10), 0);
    QCOMPARE(bestLeaf(grownSoFar(record, 7)), -1);
  }

  void the_largest_edges_come_in_turn_and_begin_anew() {
    const TreeRecord record = fourLeaves();
    std::vector<std::int32_t> seen{largestEdge(record, -1, Direction::next)};
    while (seen.size() < 6) seen.push_back(largestEdge(record, seen.back(), Direction::next));
    for (std::size_t at = 1; at < seen.size(); ++at)
      QVERIFY(std::abs(record.nodes[static_cast<std::size_t>(seen[at - 1])].advantage) >=
              std::abs(record.nodes[static_cast<std::size_t>(seen[at])].advantage));
    QCOMPARE(largestEdge(record, seen.back(), Direction::next), seen.front());
    QCOMPARE(largestEdge(record, seen.front(), Direction::previous), seen.back());
    QCOMPARE(largestEdge(grownSoFar(record, 7), 1, Direction::next), -1);
  }

  void a_hidden_node_can_be_revealed() {
    const TreeRecord record = fourLeaves();
    TreeView view;
    view.collapsed = {1, 2, 4};
    view.hoisted = 2;
    view = revealing(view, record, 8);
    QCOMPARE(view.collapsed, std::set<std::int32_t>({2}));
    QCOMPARE(view.hoisted, -1);
    QCOMPARE(collapsedButPath({}, record, 8).collapsed, std::set<std::int32_t>({2}));
  }
};

QTEST_APPLESS_MAIN(TestTreeWalk)
#include "tst_tree_walk.moc"
