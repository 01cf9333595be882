#include <QtTest>

#include "canvas/marks.h"
#include "canvas/tree_layout.h"
#include "canvas_trees.h"
#include "support/property.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

// Schedules of any shape that validate() accepts, small enough to enumerate.
rc::Gen<TreeSchedule> anySchedule() {
  return rc::gen::exec([] {
    TreeSchedule schedule;
    schedule.roots = *rc::gen::inRange(1, 4);
    const int steps = *rc::gen::inRange(1, 8);
    int leaves = schedule.roots;
    for (int step = 0; step < steps; ++step) {
      StepPlan plan;
      if (step + 1 < steps && *rc::gen::inRange(0, 2) == 1) {
        plan = {*rc::gen::inRange(1, 5), .7, *rc::gen::inRange(0, 2) == 1};
        if (leaves * plan.branch > 200) plan.branch = 1;
        leaves *= plan.branch;
      }
      schedule.steps.push_back(plan);
    }
    return schedule;
  });
}

TreeRecord anyTree(const TreeSchedule& schedule) {
  std::mt19937 random(7);
  return grown_tree(schedule, random);
}

bool sameStep(const TreeRecord& record, std::size_t a, std::size_t b) {
  return record.nodes[a].step == record.nodes[b].step;
}

std::int32_t index(std::size_t node) { return static_cast<std::int32_t>(node); }

}  // namespace

class TestTreeLayout : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void the_mock_up_stands_where_it_was_drawn() {
    const TreeLayout layout = treeLayout(anyTree(mockupSchedule()));
    const std::vector<float> expected = {47, 95, 143, 191, 337, 483, 629, 646, 663, 680, 712};
    QCOMPARE(layout.step_x.size(), expected.size());
    for (std::size_t step = 0; step < expected.size(); ++step)
      QCOMPARE(layout.step_x[step], expected[step]);
    QCOMPARE(layout.rows, 27);
    QCOMPARE(layout.leaf_side, 30.f);
    const float sides[] = {38, 30, 30, 50, 50, 42, 15, 3.4f, 3.4f, 3.4f, 30};
    std::int32_t node = 0;
    for (int step = 0; step <= 10; ++step) {
      while (layout.nodes[static_cast<std::size_t>(node)].at.x < layout.step_x[step] - .5f) ++node;
      QCOMPARE(layout[node].side, sides[step]);
    }
    QCOMPARE(layout[0].at.y, 52 + 13.5f * 17);
  }

  void siblings_and_cousins_never_overlap() {
    QVERIFY(holds("nodes of a step lie apart", [] {
      const TreeRecord record = anyTree(*anySchedule());
      const TreeLayout layout = treeLayout(record);
      for (std::size_t a = 0; a < record.nodes.size(); ++a)
        for (std::size_t b = a + 1; b < record.nodes.size() && sameStep(record, a, b); ++b)
          RC_ASSERT(!overlap(layout.nodes[a].box(), layout.nodes[b].box()));
    }));
  }

  void no_node_overlaps_its_parent() {
    QVERIFY(holds("parent and child lie apart", [] {
      const TreeRecord record = anyTree(*anySchedule());
      const TreeLayout layout = treeLayout(record);
      for (std::size_t node = 0; node < record.nodes.size(); ++node)
        if (record.nodes[node].parent >= 0)
          RC_ASSERT(!overlap(layout.nodes[node].box(), layout[record.nodes[node].parent].box()));
    }));
  }

  void an_inner_node_stands_midway_between_its_first_and_last_child() {
    QVERIFY(holds("midway", [] {
      TreeRecord record = anyTree(*anySchedule());
      LayoutOptions options;
      for (std::size_t node = 0; node < record.nodes.size(); ++node)
        if (*rc::gen::inRange(0, 5) == 0) options.collapsed.insert(index(node));
      const TreeLayout layout = treeLayout(record, options);
      for (std::size_t node = 0; node < record.nodes.size(); ++node) {
        const auto children = layout.shape.childrenOf(index(node));
        const PlacedNode& placed = layout.nodes[node];
        if (children.empty() || !placed.shown || placed.collapsed) continue;
        const float middle = (layout[children.front()].at.y + layout[children.back()].at.y) / 2;
        RC_ASSERT(std::abs(placed.at.y - middle) < .01f);
      }
    }));
  }

  void a_node_keeps_its_place_while_the_tree_grows() {
    QVERIFY(holds("stable", [] {
      const TreeRecord whole = anyTree(*anySchedule());
      const TreeLayout final_layout = treeLayout(whole);
      const auto grown = *rc::gen::inRange<std::size_t>(1, whole.nodes.size() + 1);
      if (grown < static_cast<std::size_t>(whole.schedule.roots)) return;
      const TreeRecord part = grownSoFar(whole, grown);
      const TreeLayout layout = treeLayout(part);
      RC_ASSERT(layout.rows == final_layout.rows);
      for (std::size_t node = 0; node < grown; ++node) {
        RC_ASSERT(std::abs(layout.nodes[node].at.x - final_layout.nodes[node].at.x) < .01f);
        RC_ASSERT(std::abs(layout.nodes[node].at.y - final_layout.nodes[node].at.y) < .01f);
        RC_ASSERT(std::abs(layout.nodes[node].side - final_layout.nodes[node].side) < .01f);
      }
    }));
  }

  void leaves_to_come_keep_the_place_they_will_have() {
    const TreeRecord whole = anyTree(mockupSchedule());
    const TreeLayout final_layout = treeLayout(whole);
    const TreeLayout layout = treeLayout(grownSoFar(whole, 1));
    QCOMPARE(layout.coming.size(), std::size_t{27});
    std::size_t leaf = 0;
    for (std::size_t node = 0; node < whole.nodes.size(); ++node)
      if (whole.is_leaf(node)) QCOMPARE(layout.coming[leaf++], final_layout.nodes[node].at);
  }

  void leaves_alternate_between_two_columns() {
    const TreeRecord record = anyTree(mockupSchedule());
    const TreeLayout layout = treeLayout(record);
    const float left = layout.step_x.back();
    for (const std::int32_t leaf : leaves(record)) {
      const float expected = layout[leaf].first_row % 2 == 0 ? left : left + 34;
      QCOMPARE(layout[leaf].at.x, expected);
    }
  }

  void roots_are_stacked_in_their_order() {
    const TreeRecord record = anyTree(windowSchedule(1, 1, 2, 2, 3));
    const TreeLayout layout = treeLayout(record);
    QCOMPARE(layout.rows, 6);
    for (std::int32_t root = 0; root < 3; ++root) QCOMPARE(layout[root].first_row, 2 * root);
  }

  void a_collapsed_subtree_takes_little_room_and_hides_what_is_below() {
    const TreeRecord record = anyTree(mockupSchedule());
    const TreeLayout layout = treeLayout(record, {.collapsed = {4}});
    QCOMPARE(layout.rows, 27 - 9 + 3);
    QVERIFY(layout[4].shown && layout[4].collapsed);
    for (const std::int32_t child : layout.shape.childrenOf(4)) QVERIFY(!layout[child].shown);
    for (const std::int32_t child : layout.shape.childrenOf(5)) QVERIFY(layout[child].shown);
  }

  void a_hoisted_node_stands_where_the_root_stood() {
    const TreeRecord record = anyTree(mockupSchedule());
    const TreeLayout layout = treeLayout(record, {.hoisted = 5});
    QCOMPARE(layout.rows, 9);
    QCOMPARE(layout.first_step, 4);
    QCOMPARE(layout[5].box().left, 28.f);
    QVERIFY(!layout[0].shown && !layout[4].shown && layout[5].shown);
    QCOMPARE(layout[5].at.y, 52 + 4.5f * 17);
  }

  void siblings_are_sorted_by_value_on_command_only() {
    TreeRecord record = anyTree(windowSchedule(0, 1, 1, 3));
    record.nodes[1].value = -1;
    record.nodes[2].value = 2;
    const TreeLayout by_path = treeLayout(record);
    const TreeLayout by_value = treeLayout(record, {.order = SiblingOrder::value});
    QVERIFY(by_path[1].at.y < by_path[2].at.y && by_path[2].at.y < by_path[3].at.y);
    QVERIFY(by_value[2].at.y < by_value[1].at.y);
    QVERIFY(by_value[1].at.y < by_value[3].at.y);  // without a value: last
  }

  void a_drawn_tree_with_missing_children_keeps_room_for_them() {
    const TreeRecord record = tree_from_text(R"(
      root
        sde -1
          ode = 1
        sde -1
          ode = 2
      root
        sde -1
          ode = 3
    )");
    const TreeLayout layout = treeLayout(record);
    QCOMPARE(layout.rows, 4);
    QCOMPARE(layout.coming.size(), std::size_t{1});
    QCOMPARE(layout[1].at.y, 52 + 3 * 17.f);
  }

  void trees_of_a_single_step_or_without_noise_can_be_laid_out() {
    for (const int steps : {1, 3}) {
      const TreeRecord record = anyTree(windowSchedule(steps, 0, 0, 1));
      const TreeLayout layout = treeLayout(record);
      QVERIFY(layout.noisy.none());
      QCOMPARE(layout.rows, 1);
      QVERIFY(layout.nodes.back().at.x > layout.nodes.front().at.x);
    }
    QCOMPARE(treeLayout(TreeRecord{}).rows, 0);
  }
};

QTEST_APPLESS_MAIN(TestTreeLayout)
#include "tst_tree_layout.moc"
