#include <rapidcheck.h>

#include <QtTest>
#include <cmath>

#include "canvas/path_drawing.h"
#include "canvas_trees.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

const Theme& dark = theme(ThemeKind::dark);

struct Tree {
  std::shared_ptr<const TreeRecord> record;
  TreeFigures figures;
};

Tree treeOf(TreeRecord record) {
  TreeFigures figures = treeFigures(record);
  return {shared(std::move(record)), std::move(figures)};
}

// One step of noise, one without: two leaves of which the second is better.
Tree smallTree() {
  TreeRecord record =
      tree_from_text("root\n  sde -1.0\n    ode = 0.2\n  sde -1.2\n    ode = 0.9\n");
  record.sigmas = {1, .5, 0};
  record.nodes[1].advantage = -1;
  record.nodes[2].advantage = 1;
  return treeOf(std::move(record));
}

Drawing draw(const Tree& tree, std::int32_t selected, float width = 500, float scroll = 0) {
  return pathDrawing(tree.record, tree.figures, selected, width, 92, dark, scroll);
}

}  // namespace

class TestPathDrawing : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void the_strip_leads_through_the_node_to_its_best_leaf() {
    const Tree tree = smallTree();
    const std::vector<std::int32_t> from_root = {0, 2, 4}, other = {0, 1, 3};
    QCOMPARE(stripNodes(*tree.record, tree.figures, 0), from_root);
    QCOMPARE(stripNodes(*tree.record, tree.figures, 4), from_root);
    QCOMPARE(stripNodes(*tree.record, tree.figures, 1), other);
    QVERIFY(stripNodes(*tree.record, tree.figures, -1).empty());
    QVERIFY(stripNodes(*tree.record, tree.figures, 99).empty());
  }

  void each_picture_has_its_name_and_its_noise() {
    const Drawing drawing = draw(smallTree(), 1);
    for (const char* name : {"t0.0 σ 1.0", "t1.0 σ 0.5", "t2.0 σ 0.0"})
      QVERIFY2(hasText(drawing, name), name);
    QCOMPARE(hitsOf(drawing, HitKind::node).size(), std::size_t{3});
    QCOMPARE(hitsOf(drawing, HitKind::node)[1].target, 1);
  }

  void noisy_edges_are_solid_with_a_sign_and_the_others_dashed() {
    const Tree tree = smallTree();
    const Drawing drawing = draw(tree, 2);
    const std::vector<LineItem> edges = itemsOf<LineItem>(drawing);
    QCOMPARE(edges.size(), std::size_t{2});
    QVERIFY(edges[0].pen.dash.solid());
    QVERIFY(edges[0].pen.color == divergingColor(dark, 1, 1));
    QVERIFY(!edges[1].pen.dash.solid());
    const auto tipOf = [](const Drawing& one) {
      return itemsOf<PolygonItem>(one)[0].points[2].y - itemsOf<PolygonItem>(one)[0].points[0].y;
    };
    QVERIFY(tipOf(drawing) < 0);        // ▲
    QVERIFY(tipOf(draw(tree, 1)) > 0);  // ▼
  }

  void what_lies_beyond_the_node_is_dimmed_and_the_node_is_ringed() {
    const Tree tree = treeOf(creditedTree(mockupSchedule()));
    const std::int32_t selected = 10;
    const int step = tree.record->nodes[10].step;
    const Drawing drawing = draw(tree, selected, 900);
    const std::vector<ImageItem> pictures = itemsOf<ImageItem>(drawing);
    QCOMPARE(pictures.size(), std::size_t{11});
    for (std::size_t i = 0; i < pictures.size(); ++i)
      QCOMPARE(pictures[i].opacity<1, static_cast<int>(i)> step);
    int rings = 0;
    for (const BoxItem& box : itemsOf<BoxItem>(drawing)) rings += box.pen.color == dark.ring;
    QCOMPARE(rings, 1);
  }

  void a_strip_that_is_too_long_keeps_its_size_and_scrolls() {
    const Tree tree = treeOf(creditedTree(mockupSchedule()));
    QCOMPARE(draw(tree, 10, 956).extent.width, 956.f);
    const Drawing still = draw(tree, 10, 300);
    QVERIFY(still.extent.width > 700);
    const Drawing moved = draw(tree, 10, 300, 100);
    QCOMPARE(moved.hits[3].box.left, still.hits[3].box.left - 100);
    QCOMPARE(moved.hits[3].target, still.hits[3].target);
  }

  void a_broken_node_is_hatched() {
    TreeRecord record = *smallTree().record;
    record.nodes[2].log_prob = INFINITY;
    const Tree tree = treeOf(std::move(record));
    QCOMPARE(itemsOf<HatchItem>(draw(tree, 2)).size(), std::size_t{1});
    QCOMPARE(itemsOf<HatchItem>(draw(tree, 1)).size(), std::size_t{0});
  }

  void the_title_says_where_it_leads() {
    const Tree tree = smallTree();
    QCOMPARE(pathTitle(*tree.record, tree.figures, 1),
             std::string("Path to t1.0, and on to its best leaf"));
    QCOMPARE(pathTitle(*tree.record, tree.figures, 4), std::string("Path to t2.1"));
    QCOMPARE(pathTitle(*tree.record, tree.figures, -1), std::string("Path"));
  }

  void any_part_of_a_growing_tree_has_a_strip() {
    const TreeRecord whole = creditedTree(windowSchedule(1, 2, 1, 3));
    QVERIFY(rc::check([&] {
      const auto count = *rc::gen::inRange<std::size_t>(1, whole.nodes.size() + 1);
      const Tree tree = treeOf(grownSoFar(whole, count));
      const auto node = *rc::gen::inRange<std::int32_t>(0, static_cast<std::int32_t>(count));
      const Drawing drawing = draw(tree, node);
      const std::vector<HitBox> hits = hitsOf(drawing, HitKind::node);
      RC_ASSERT(hits.front().target == 0);
      int found = 0;
      for (std::size_t i = 0; i < hits.size(); ++i) {
        found += hits[i].target == node;
        if (i > 0)
          RC_ASSERT(tree.record->nodes[static_cast<std::size_t>(hits[i].target)].parent ==
                    hits[i - 1].target);
      }
      RC_ASSERT(found == 1);
    }));
  }
};

QTEST_APPLESS_MAIN(TestPathDrawing)
#include "tst_path_drawing.moc"
