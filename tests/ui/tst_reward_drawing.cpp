#include <QtTest>
#include <cmath>

#include "canvas/reward_drawing.h"
#include "canvas_trees.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

const Theme& dark = theme(ThemeKind::dark);

// Four leaves of two columns, 0.8 match and 0.2 clean.
TreeRecord fourLeaves() {
  TreeRecord record = tree_from_text(
      "root\n"
      "  sde -1\n    sde -1 = 0.2 1\n    sde -1 = 0.4 1\n"
      "  sde -1\n    sde -1 = 0.4 1\n    sde -1 = 0.6 0\n");
  record.reward_names = {"match", "clean"};
  record.reward_weights = {.8, .2};
  return record;
}

Drawing draw(const TreeRecord& record, std::int32_t selected, float height = 300) {
  return rewardDrawing(record, treeFigures(record), selected, 300, height, dark);
}

std::vector<std::int32_t> markedIn(const Drawing& drawing) {
  std::vector<std::int32_t> nodes;
  for (const HitBox& hit : hitsOf(drawing, HitKind::node)) nodes.push_back(hit.target);
  return nodes;
}

}  // namespace

class TestRewardDrawing : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_column_has_its_mean_and_population_deviation() {
    const ColumnSummary summary = summaryOf({.2, .4, no_value, .6, INFINITY});
    QVERIFY(std::abs(summary.mean - .4) < 1e-12);
    QVERIFY(std::abs(summary.deviation - std::sqrt(.08 / 3)) < 1e-12);
    QCOMPARE(summary.finite, 3);
    QCOMPARE(summary.broken, 2);
    QVERIFY(std::isnan(summaryOf({no_value}).mean));
  }

  void the_title_has_weight_mean_and_deviation() {
    const Drawing drawing = draw(fourLeaves(), -1);
    QVERIFY(hasText(drawing, "match"));
    QVERIFY(hasText(drawing, "weight 0.8 · 0.400 ± 0.141"));
    QVERIFY(hasText(drawing, "weight 0.2 · 0.750 ± 0.433"));
  }

  void the_bars_hold_every_leaf() {
    const Drawing drawing = draw(fourLeaves(), -1);
    std::vector<float> heights;
    for (const BoxItem& box : itemsOf<BoxItem>(drawing))
      if (box.fill == dark.text2) heights.push_back(box.box.height);
    QCOMPARE(heights.size(), std::size_t{5});  // 1 2 1 and 1 3
    QVERIFY(std::abs(heights[1] - 2 * heights[0]) < .1f);
    QVERIFY(std::abs(heights[4] - 3 * heights[3]) < .1f);
  }

  void the_rule_is_made_of_the_weights() {
    QCOMPARE(leafRule(fourLeaves()), std::string("= 0.8 z(match) + 0.2 z(clean)"));
    TreeRecord record = fourLeaves();
    record.reward_weights = {1, -.25};
    QCOMPARE(leafRule(record), std::string("= 1 z(match) − 0.25 z(clean)"));
    QVERIFY(hasText(draw(fourLeaves(), -1), "= 0.8 z(match) + 0.2 z(clean)"));
    QVERIFY(hasText(draw(fourLeaves(), -1), "Group of 4 leaves, z by column:"));
  }

  void the_selected_leaf_is_marked_with_its_number() {
    const Drawing drawing = draw(fourLeaves(), 4);
    QCOMPARE(markedIn(drawing), (std::vector<std::int32_t>{4, 4}));
    QVERIFY(hasText(drawing, "t2.1 0.400"));
    QVERIFY(hasText(drawing, "t2.1 1.000"));
  }

  void all_leaves_below_an_inner_node_are_marked() {
    const Drawing drawing = draw(fourLeaves(), 2);
    QCOMPARE(markedIn(drawing), (std::vector<std::int32_t>{5, 6, 5, 6}));
    QVERIFY(hasText(draw(fourLeaves(), 2), "Group of 4 leaves, z by column; ▲ below t1.1:"));
    QVERIFY(markedIn(draw(fourLeaves(), 0)).empty());
    QVERIFY(markedIn(draw(fourLeaves(), 77)).empty());
  }

  void a_reward_that_is_no_number_is_counted_and_left_out() {
    TreeRecord record = fourLeaves();
    record.rewards[0][1] = no_value;
    const Drawing drawing = draw(record, 4);
    QVERIFY(hasText(drawing, "1 not a number"));
    QVERIFY(hasText(drawing, "weight 0.8 · 0.400 ± 0.163"));
    QCOMPARE(markedIn(drawing), (std::vector<std::int32_t>{4}));  // in the other column
    QVERIFY(textOf(drawing).find("nan,") == std::string::npos);
  }

  void without_rewards_there_is_nothing_to_draw() {
    QVERIFY(draw(grownSoFar(fourLeaves(), 3), 1).items.empty());
    QVERIFY(draw({}, -1).items.empty());
  }

  void many_columns_keep_their_height() {
    TreeRecord record = fourLeaves();
    for (int i = 0; i < 6; ++i) {
      record.reward_names.push_back("more");
      record.reward_weights.push_back(0);
      record.rewards.push_back({.5, .5, .5, .5});
    }
    QVERIFY(draw(record, -1, 200).extent.height > 600);
    QCOMPARE(draw(fourLeaves(), -1, 400).extent.height, 400.f);
  }
};

QTEST_APPLESS_MAIN(TestRewardDrawing)
#include "tst_reward_drawing.moc"
