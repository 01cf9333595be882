#include <QtTest>

#include "canvas/tree_glide.h"
#include "canvas/tree_view.h"
#include "canvas_trees.h"

using namespace treegrpo;
using namespace treegrpo::test;

class TestTreeView : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void levels_begin_at_their_limits() {
    QCOMPARE(lodOf(2.9f), Lod::strip);
    QCOMPARE(lodOf(3), Lod::dot);
    QCOMPARE(lodOf(9.9f), Lod::dot);
    QCOMPARE(lodOf(10), Lod::tile);
    QCOMPARE(lodOf(28), Lod::picture);
    QCOMPARE(lodOf(96), Lod::labelled);
    QCOMPARE(lodOf(256), Lod::full);
  }

  void a_level_changes_a_tenth_late_both_ways() {
    const float side = 28;  // at zoom 1 just at the limit of a picture
    LodState state = followed({}, .5f);
    for (float zoom = .5f; zoom < 1.09f; zoom += .005f) state = followed(state, zoom);
    QCOMPARE(lodOf(side * state.zoom), Lod::tile);
    state = followed(state, 1.12f);
    QCOMPARE(lodOf(side * state.zoom), Lod::picture);
    for (float zoom = 1.12f; zoom > .91f; zoom -= .005f) state = followed(state, zoom);
    QCOMPARE(lodOf(side * state.zoom), Lod::picture);
    state = followed(state, .89f);
    QCOMPARE(lodOf(side * state.zoom), Lod::tile);
  }

  void a_way_between_two_views_begins_and_ends_with_them_and_turns_about_one_point() {
    TreeView from;
    from.width = 800;
    from.height = 600;
    from.pan = {20, 30};
    const TreeView to = zoomedAt(from, {300, 200}, 4);
    const TreeView first = viewBetween(from, to, 0), last = viewBetween(from, to, 1);
    QVERIFY(std::abs(first.zoom - from.zoom) < 1e-4f && std::abs(last.zoom - to.zoom) < 1e-4f);
    QVERIFY(std::abs(last.pan.x - to.pan.x) < 1e-2f && std::abs(last.pan.y - to.pan.y) < 1e-2f);
    const Point still = canvasOf(from, {300, 200});
    for (const float share : {.2f, .5f, .9f}) {
      const Point at = screenOf(viewBetween(from, to, share), still);
      QVERIFY(std::abs(at.x - 300) < .1f && std::abs(at.y - 200) < .1f);
    }
    QVERIFY(std::abs(viewBetween(from, to, .5f).zoom - 2) < 1e-3f);  // by factors
    QCOMPARE(easedInOut(0), 0.f);
    QCOMPARE(easedInOut(.5f), .5f);
    QCOMPARE(easedInOut(1), 1.f);
  }

  void nodes_move_between_their_places() {
    const TreeRecord record = *shared(creditedTree(mockupSchedule()));
    const TreeLayout from = treeLayout(record);
    const TreeLayout to = treeLayout(record, {.order = SiblingOrder::value});
    const TreeLayout middle = layoutBetween(from, to, .5f);
    bool moved = false;
    for (std::size_t node = 0; node < from.nodes.size(); ++node) {
      const float way = to.nodes[node].at.y - from.nodes[node].at.y;
      moved = moved || std::abs(way) > 1;
      QVERIFY(std::abs(middle.nodes[node].at.y - from.nodes[node].at.y - way / 2) < 1e-2f);
    }
    QVERIFY(moved);
  }

  void zooming_leaves_what_is_under_the_pointer_there() {
    TreeView view;
    view.pan = {12, -7};
    const Point anchor{300, 200};
    const Point before = canvasOf(view, anchor);
    view = zoomedAt(view, anchor, 1.7f);
    QCOMPARE(view.zoom, 1.7f);
    const Point after = canvasOf(view, anchor);
    QVERIFY(std::abs(before.x - after.x) < .01f && std::abs(before.y - after.y) < .01f);
    QVERIFY(zoomedAt(view, anchor, 1e9f).zoom <= 64);
    QVERIFY(zoomedAt(view, anchor, 1e-9f).zoom > 0);
  }

  void fitting_shows_a_whole_tree_between_axis_and_legend() {
    std::mt19937 random(1);
    TreeView view;
    view.width = 956;
    view.height = 550;
    const TreeLayout layout = treeLayout(grown_tree(mockupSchedule(), random));
    const Box shown = screenOf(fittedTo(view, layout.extent), layout.extent);
    QVERIFY(shown.left >= 0 && shown.right() <= view.width);
    QVERIFY(shown.top >= axis_height && shown.bottom() <= view.height - legend_height);
  }
};

QTEST_APPLESS_MAIN(TestTreeView)
#include "tst_tree_view.moc"
