#include <QSignalSpy>
#include <QSlider>
#include <QtTest>
#include <cmath>

#include "canvas/delta_drawing.h"
#include "canvas/mirrored.h"
#include "canvas/tree_drawing.h"
#include "canvas_trees.h"
#include "comparison/image_pair.h"
#include "comparison/image_pair_canvas.h"
#include "comparison/paired_view.h"
#include "window/own_keys.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

const Theme& dark = theme(ThemeKind::dark);

std::shared_ptr<const TreeRecord> tree(unsigned seed, const TreeSchedule& schedule) {
  TreeRecord record = creditedTree(schedule, seed);
  paintNodes(record, 8);
  return shared(std::move(record));
}

// Two trees of one schedule, and one whose third step does not branch.
struct Trees {
  std::shared_ptr<const TreeRecord> first = tree(1, mockupSchedule());
  std::shared_ptr<const TreeRecord> second = tree(2, mockupSchedule());
  std::shared_ptr<const TreeRecord> narrow = tree(3, windowSchedule(3, 2, 5, 3));
};

void show(PairedView& view, const std::shared_ptr<const TreeRecord>& a,
          const std::shared_ptr<const TreeRecord>& b) {
  view.resize(1000, 600);
  view.setSides(pairedSide("A", "first", a, {}),
                pairedSide("B", "second", b, "There is no such tree"), {});
  view.show();
  for (TreeCanvas* canvas : view.canvases()) canvas->refresh();
}

std::int32_t lastNode(const TreeRecord& tree) {
  return static_cast<std::int32_t>(tree.nodes.size()) - 1;
}

}  // namespace

class TestPairedView : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_mirrored_drawing_mirrored_again_is_the_drawing() {
    TreeView view;
    view.width = 700;
    view.height = 500;
    const Drawing drawing = treeDrawing(tree(1, mockupSchedule()), view, dark);
    const Drawing turned = mirrored(drawing, 700);
    QVERIFY(textOf(turned) != textOf(drawing));
    QCOMPARE(textOf(mirrored(turned, 700)), textOf(drawing));
    const HitBox& before = drawing.hits.front();
    const HitBox* after = turned.hitAt({700 - before.box.centre().x, before.box.centre().y});
    QVERIFY(after && after->target == before.target);
  }

  void deltas_are_second_less_first_at_the_same_path() {
    const Trees trees;
    const TreePairs pairs = pair_nodes(*trees.first, *trees.second);
    QCOMPARE(pairs.matched.size(), trees.first->nodes.size());
    const std::vector<double> deltas =
        pairDeltas(*trees.first, *trees.second, pairs, NodeDelta::value);
    for (std::size_t i = 0; i < deltas.size(); ++i)
      QCOMPARE(deltas[i], trees.second->nodes[i].value - trees.first->nodes[i].value);
    for (const double distance :
         pairDeltas(*trees.first, *trees.first, pairs, NodeDelta::image_distance))
      QCOMPARE(distance, 0.);
    for (const double delta : pairDeltas(*trees.first, *trees.first, pairs, NodeDelta::reward))
      QCOMPARE(delta, 0.);
  }

  void the_column_shows_each_pair_and_its_mean() {
    DeltaColumn column{{{100, 4, .25}, {120, 5, -.5}}, 5, 17, -.125, 2};
    const Drawing drawing = deltaDrawing(column, 150, 300, dark);
    for (const char* words : {"+0.25", "−0.50", "mean −0.125, 2 pairs", "Δ reward, B − A"})
      QVERIFY2(hasText(drawing, words), words);
    QCOMPARE(drawing.hitAt({75, 120})->target, 5);
    QVERIFY(hasText(deltaDrawing({}, 150, 300, dark), "no pairs"));
    column.row_height = 4;
    QVERIFY(!hasText(deltaDrawing(column, 150, 300, dark), "+0.25"));
  }

  void a_node_selects_its_partner() {
    const Trees trees;
    PairedView view;
    show(view, trees.first, trees.second);
    QVERIFY(view.selected().first >= 0);  // the pair that differs most
    QCOMPARE(view.selected().first, view.selected().second);
    const QSignalSpy selected(&view, &PairedView::pairSelected);
    Q_EMIT view.canvases()[1]->nodeChosen(7);
    QCOMPARE(view.selected(), std::pair(7, 7));
    QCOMPARE(view.canvases()[0]->view().selected, 7);
    QCOMPARE(selected.size(), 1);
  }

  void nodes_without_partner_are_hatched_and_select_nothing_there() {
    const Trees trees;
    PairedView view;
    show(view, trees.first, trees.narrow);
    const auto& unpaired = view.canvases()[0]->view().unpaired;
    QVERIFY(!unpaired.empty() && unpaired.size() < trees.first->nodes.size());
    QVERIFY(!itemsOf<HatchItem>(view.canvases()[0]->drawing()).empty());
    Q_EMIT view.canvases()[0]->nodeChosen(*unpaired.rbegin());
    QCOMPARE(view.selected(), std::pair(*unpaired.rbegin(), -1));
  }

  void both_look_at_the_same_place_with_one_limit() {
    const Trees trees;
    PairedView view;
    show(view, trees.first, trees.second);
    const auto [first, second] = view.canvases();
    QVERIFY(second->isMirrored());
    second->perform(u"tree.zoom_in");
    first->refresh();
    QCOMPARE(first->view().zoom, second->view().zoom);
    QCOMPARE(first->view().given_limit, second->view().given_limit);
    view.findChild<QTabBar*>("pairedMode")->setCurrentIndex(1);
    QVERIFY(!second->isMirrored());
    view.findChild<QTabBar*>("pairedMode")->setCurrentIndex(2);
    QVERIFY(!second->isVisible());
    QVERIFY(first->view().overlay == Overlay::given);
  }

  void arrows_lead_where_they_point_in_a_mirrored_tree() {
    const Trees trees;
    PairedView view;
    show(view, trees.first, trees.second);
    TreeCanvas& mirrored = *view.canvases()[1];
    Q_EMIT mirrored.nodeChosen(lastNode(*trees.second));
    mirrored.perform(u"tree.child");  // to the right
    const auto parent = trees.second->nodes.back().parent;
    QCOMPARE(view.selected().second, parent);
  }

  void colours_can_be_the_distance_of_a_pair() {
    const Trees trees;
    PairedView view;
    show(view, trees.first, trees.second);
    auto* colour = view.findChild<QComboBox*>("pairedColour");
    for (int i = 1; i < colour->count(); ++i) {
      colour->setCurrentIndex(i);
      const TreeView& shown = view.canvases()[0]->view();
      QVERIFY2(shown.given && shown.overlay == Overlay::given, qPrintable(colour->itemText(i)));
      const std::vector<double>& there = *view.canvases()[1]->view().given;
      for (std::size_t node = 0; node < there.size(); ++node)
        QVERIFY(there[node] == (*shown.given)[node] || std::isnan(there[node]));
    }
  }

  void a_side_without_a_tree_says_why() {
    const Trees trees;
    PairedView view;
    show(view, trees.first, nullptr);
    QVERIFY(view.findChildren<QLabel*>().size() > 2);
    bool said = false;
    for (const QLabel* label : view.findChildren<QLabel*>())
      said = said || (label->isVisible() && label->text() == "There is no such tree");
    QVERIFY(said);
  }

  void with_reduced_motion_pictures_take_turns_by_a_key_alone() {
    ImagePairCanvas canvas;
    canvas.setMode(ImageMode::flicker);
    QTRY_COMPARE(canvas.look().turn, 1);  // by itself
    canvas.setReducedMotion(true);
    const int still = canvas.look().turn;
    QTest::qWait(1200);  // more than two turns
    QCOMPARE(canvas.look().turn, still);
    QTest::keyClick(&canvas, Qt::Key_Space);
    QCOMPARE(canvas.look().turn, 1 - still);
    // The shortcut of Space, which trains, leaves it to this view.
    QVERIFY(keepsKey(canvas, QKeyEvent(QEvent::KeyPress, Qt::Key_Space, {}, " ")));
    QVERIFY(!keepsKey(canvas, QKeyEvent(QEvent::KeyPress, Qt::Key_S, {}, "s")));
  }

  void pictures_are_compared_in_every_mode() {
    const Trees trees;
    ImagePair pair;
    pair.resize(400, 500);
    pair.setTrees(pairedSide("A", "first", trees.first, {}),
                  pairedSide("B", "second", trees.second, {}));
    pair.setNodes(lastNode(*trees.first), lastNode(*trees.second));
    pair.show();
    auto* mode = pair.findChild<QTabBar*>("imagePairMode");
    const std::size_t pictures[] = {2, 2, 1, 1};  // a wipe draws the left part of A over B
    for (int i = 0; i < mode->count(); ++i) {
      mode->setCurrentIndex(i);
      pair.canvas().refresh();
      QCOMPARE(itemsOf<ImageItem>(pair.canvas().drawing()).size(), pictures[i]);
    }
    QVERIFY(pair.findChild<QComboBox*>("imagePairMetric")->isVisible());
    QVERIFY(pair.findChild<QLabel*>("imagePairCaption")->text().contains("PSNR"));
    pair.setNodes(-1, lastNode(*trees.second));
    QVERIFY(!pair.findChild<QLabel*>("imagePairNumbers")->isVisible());
  }

  void one_step_holds_for_both_pictures_and_the_nearest_stored_is_named() {
    TreeRecord thin = *tree(2, mockupSchedule());
    for (TreeNode& node : thin.nodes)
      if (node.step > 5 && node.step < 10) node.image = {};
    const Trees trees;
    const auto second = shared(std::move(thin));
    ImagePair pair;
    pair.resize(420, 500);
    pair.setTrees(pairedSide("A", "first", trees.first, {}), pairedSide("B", "second", second, {}));
    pair.setNodes(lastNode(*trees.first), lastNode(*second));
    QCOMPARE(pair.step(), 10);
    const QSignalSpy changed(&pair, &ImagePair::stepChanged);
    pair.findChild<QSlider*>("imagePairStep")->setValue(7);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(pair.findChild<QLabel*>("imagePairStepText")->text(), QString("t 7 of 10"));
    pair.show();
    pair.canvas().refresh();
    QVERIFY(hasText(pair.canvas().drawing(), "nearest: t 5"));
    const auto pictures = itemsOf<ImageItem>(pair.canvas().drawing());
    QCOMPARE(pictures.size(), std::size_t{2});
    QVERIFY(pictures[0].opacity == 1 && pictures[1].opacity < 1);
    QTest::keyClick(&pair.canvas(), Qt::Key_Comma);
    QTest::keyClick(&pair.canvas(), Qt::Key_Comma);
    QCOMPARE(pair.step(), 5);
    pair.canvas().refresh();
    QVERIFY(!hasText(pair.canvas().drawing(), "nearest: t 5"));
  }

  void a_click_selects_a_right_click_sets_the_reference_and_shift_shows_it() {
    const Trees trees;
    ImagePair pair;
    pair.resize(420, 500);
    pair.setTrees(pairedSide("A", "first", trees.first, {}),
                  pairedSide("B", "second", trees.second, {}));
    pair.setNodes(4, lastNode(*trees.second));
    pair.show();
    ImagePairCanvas& canvas = pair.canvas();
    canvas.refresh();
    const auto pictures = [&] {
      canvas.refresh();
      return itemsOf<ImageItem>(canvas.drawing());
    };
    const auto middle = [&](std::size_t side) {
      return canvas.widgetPlace(pictures()[side].box.centre()).toPoint();
    };
    QTest::mouseClick(&canvas, Qt::LeftButton, {}, middle(0));
    QTest::mouseClick(&canvas, Qt::RightButton, {}, middle(1));
    QCOMPARE(canvas.look().selected, 0);
    QCOMPARE(canvas.look().reference, 1);
    QVERIFY(canvas.accessibleDescription().startsWith("A selected, B is the reference"));
    const auto reference = pictures()[1].image;
    QTest::keyPress(&canvas, Qt::Key_Shift);
    QCOMPARE(pictures()[0].image, reference);
    QTest::keyRelease(&canvas, Qt::Key_Shift);
    QVERIFY(pictures()[0].image != reference);
    QTest::keyClick(&canvas, Qt::Key_R);
    QCOMPARE(canvas.look().reference, 0);
    QTest::keyClick(&canvas, Qt::Key_Right);
    QCOMPARE(canvas.look().selected, 1);
    pair.findChild<QTabBar*>("imagePairMode")->setCurrentIndex(1);  // a wipe
    QTest::keyPress(&canvas, Qt::Key_Shift);
    QCOMPARE(pictures().size(), std::size_t{1});
  }

  void zoom_keeps_what_lies_under_the_pointer() {
    const Trees trees;
    const ImagePairSide a{.letter = "A", .image = {trees.first, &trees.first->nodes.back().image}};
    ImagePairLook look;
    look.mode = ImageMode::wipe;
    const Box before = imagePlaces({a, a}, look, 400, 300)[0];
    look.zoom = 2;
    const Box after = imagePlaces({a, a}, look, 400, 300)[0];
    QVERIFY(std::abs(after.width - 2 * before.width) < .01f);
    QVERIFY(std::abs(after.centre().x - before.centre().x) <= 1);
    look.mode = ImageMode::side_by_side;
    const std::array<Box, 2> beside = imagePlaces({a, a}, {}, 400, 300);
    QVERIFY(beside[0].right() < beside[1].left);
  }

  void false_colours_end_at_the_largest_error() {
    const Image a{.width = 2, .height = 1, .rgb = {0, 0, 0, 51, 51, 51}};
    const Image b{.width = 2, .height = 1, .rgb = {0, 0, 0, 0, 0, 0}};
    const FalseColours same = falseColours(a, a, ErrorMetric::absolute, dark);
    QCOMPARE(same.most, 0.);
    const FalseColours other = falseColours(a, b, ErrorMetric::error, dark);
    QVERIFY(std::abs(other.most - .2) < 1e-12);
    QVERIFY(!falseColours(a, {}, ErrorMetric::error, dark).image);
  }
};

QTEST_MAIN(TestPairedView)
#include "tst_paired_view.moc"
