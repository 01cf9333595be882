#include <QApplication>
#include <QDir>
#include <QSignalSpy>
#include <QtTest>
#include <algorithm>

#include "canvas_trees.h"
#include "curve_runs.h"
#include "style/studio_style.h"
#include "views/film_strip.h"
#include "views/reward_view.h"
#include "views/run_curves.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

struct Tree {
  std::shared_ptr<const TreeRecord> record;
  std::shared_ptr<const TreeFigures> figures;
};

Tree treeOf(TreeRecord record) {
  auto figures = std::make_shared<const TreeFigures>(treeFigures(record));
  return {shared(std::move(record)), std::move(figures)};
}

Tree mockupTree() {
  TreeRecord record = creditedTree(mockupSchedule());
  record.reward_names = {"match", "clean"};
  record.reward_weights = {.8, .2};
  record.sigmas = {1, .9, .8, .7, .6, .5, .4, .3, .2, .1, 0};
  return treeOf(std::move(record));
}

QPoint middleOf(const Box& box) {
  return QPointF(static_cast<double>(box.centre().x), static_cast<double>(box.centre().y))
      .toPoint();
}

bool nodeShown(const CanvasView& view, std::int32_t node) {
  for (const HitBox& hit : view.drawing().hits)
    if (hit.kind == HitKind::node && hit.target == node)
      return hit.box.left >= 0 && hit.box.right() <= static_cast<float>(view.width());
  return false;
}

CurveView* curveOf(const RunCurves& curves, const char* name) {
  return curves.findChild<CurveView*>(name);
}

RunCurves* shownCurves(RunCurves& curves, std::int32_t iterations) {
  RunHistory history = runHistory(iterations);
  curves.setRun(history.iterations, history.evaluations, history.changes);
  curves.resize(956, 197);
  curves.show();
  return QTest::qWaitForWindowExposed(&curves) ? &curves : nullptr;
}

// For whoever wants to look: pictures into the folder that the variable names.
void keepPicture(QWidget& widget, const char* name) {
  const QString folder = qEnvironmentVariable("TREEGRPO_KEEP_VIEWS");
  if (folder.isEmpty()) return;
  QDir().mkpath(folder);
  widget.grab().save(folder + "/" + name + ".png");
}

}  // namespace

class TestCurveViews : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(*qApp, ThemeKind::dark, 1); }

  void curves_say_when_they_begin() {
    RunCurves curves;
    curves.resize(900, 200);
    curves.show();
    QVERIFY(QTest::qWaitForWindowExposed(&curves));
    auto* empty = curves.findChild<QWidget*>("curvesEmpty");
    QVERIFY(empty->isVisible());
    keepPicture(curves, "curves-empty");
    curves.addIteration(iterationRecord(0));
    QVERIFY(!empty->isVisible());
    QVERIFY(curveOf(curves, "curve1")->isVisible());
    curves.setRun({}, {}, {});
    QVERIFY(empty->isVisible());
  }

  void each_tab_shows_its_plots() {
    RunCurves curves;
    QVERIFY(shownCurves(curves, 37));
    auto* tabs = curves.findChild<QTabBar*>("curveTabs");
    QCOMPARE(tabs->count(), 5);
    const char* first[] = {"Reward", "Reward", "KL", "Advantage s.d.", "Seconds"};
    for (int tab = 0; tab < tabs->count(); ++tab) {
      tabs->setCurrentIndex(tab);
      QCOMPARE(curveOf(curves, "curve1")->plot().title, std::string(first[tab]));
      QVERIFY(!tabs->tabToolTip(tab).isEmpty());
      keepPicture(curves, qPrintable("curves-" + QString::number(tab)));
    }
  }

  void a_click_on_a_point_asks_for_its_iteration() {
    RunCurves curves;
    QVERIFY(shownCurves(curves, 37));
    CurveView* view = curveOf(curves, "curve1");
    view->refresh();
    const Box area = hitsOf(view->drawing(), HitKind::step)[0].box;
    QSignalSpy chosen(&curves, &RunCurves::iterationChosen);
    QTest::mouseClick(view, Qt::LeftButton, {}, middleOf(area));
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].value<std::int32_t>(), 18);
    QTest::mouseClick(view, Qt::LeftButton, {}, QPoint(4, 4));
    QCOMPARE(chosen.size(), 1);
    curves.findChild<QComboBox*>("curveAxis")->setCurrentIndex(3);
    QTest::mouseClick(view, Qt::LeftButton, {}, middleOf(area));
    QCOMPARE(chosen.size(), 2);
    QVERIFY(std::abs(chosen[1][0].value<std::int32_t>() - 18) <= 2);
  }

  void the_crosshair_is_that_of_all_plots_and_follows_the_keys() {
    RunCurves curves;
    QVERIFY(shownCurves(curves, 37));
    CurveView* view = curveOf(curves, "curve2");
    QTest::keyClick(view, Qt::Key_Left);
    QCOMPARE(curveOf(curves, "curve1")->plot().hover_x, 36.0);
    QTest::keyClick(view, Qt::Key_Left);
    QCOMPARE(curveOf(curves, "curve3")->plot().hover_x, 35.0);
    keepPicture(curves, "curves-hover");
    QSignalSpy chosen(&curves, &RunCurves::iterationChosen);
    QTest::keyClick(view, Qt::Key_Return);
    QCOMPARE(chosen[0][0].value<std::int32_t>(), 35);
    QTest::keyClick(view, Qt::Key_Home);
    QCOMPARE(view->plot().hover_x, 0.0);
    QTest::keyClick(view, Qt::Key_Escape);
    QVERIFY(std::isnan(view->plot().hover_x));
  }

  void an_iteration_that_comes_again_replaces_what_followed() {
    RunCurves curves;
    QVERIFY(shownCurves(curves, 10));
    curves.addIteration(iterationRecord(10));
    QCOMPARE(curveOf(curves, "curve1")->plot().series[0].x.size(), std::size_t{11});
    curves.addIteration(iterationRecord(6));
    QCOMPARE(curveOf(curves, "curve1")->plot().series[0].x.size(), std::size_t{7});
    QCOMPARE(curveOf(curves, "curve1")->plot().series[0].x.back(), 6.0);
  }

  void a_long_run_is_shown_in_time() {
    RunCurves curves;
    QVERIFY(shownCurves(curves, 10000));
    QElapsedTimer clock;
    clock.start();
    curves.addIteration(iterationRecord(10000));
    for (const char* name : {"curve1", "curve2", "curve3"}) curveOf(curves, name)->refresh();
    QVERIFY2(clock.elapsed() < 100, qPrintable(QString::number(clock.elapsed())));
  }

  void the_shown_iteration_is_marked() {
    RunCurves curves;
    QVERIFY(shownCurves(curves, 37));
    curves.setCurrent(12);
    QCOMPARE(curveOf(curves, "curve1")->plot().current_x, 12.0);
    curves.setCurrent(-1);
    QVERIFY(std::isnan(curveOf(curves, "curve1")->plot().current_x));
  }

  void a_click_on_the_strip_asks_for_its_node() {
    const Tree tree = mockupTree();
    FilmStrip strip;
    strip.setTree(tree.record, tree.figures);
    strip.setNode(10);
    strip.resize(956, 92);
    strip.show();
    QVERIFY(QTest::qWaitForWindowExposed(&strip));
    strip.refresh();
    keepPicture(strip, "strip");
    QSignalSpy chosen(&strip, &FilmStrip::nodeChosen);
    QTest::mouseClick(&strip, Qt::LeftButton, {}, middleOf(strip.drawing().hits[2].box));
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].value<std::int32_t>(), strip.drawing().hits[2].target);
    QTest::mouseClick(&strip, Qt::LeftButton, {}, QPoint(2, 2));
    QCOMPARE(chosen.size(), 1);
    QTest::keyClick(&strip, Qt::Key_Left);
    QCOMPARE(chosen[1][0].value<std::int32_t>(), tree.record->nodes[10].parent);
    QTest::keyClick(&strip, Qt::Key_End);
    QVERIFY(tree.record->is_leaf(static_cast<std::size_t>(chosen[2][0].value<std::int32_t>())));
    QVERIFY(strip.windowTitle().startsWith("Path to t5."));
  }

  void the_selected_node_is_kept_in_view() {
    const Tree tree = mockupTree();
    FilmStrip strip;
    strip.resize(300, 92);
    strip.setTree(tree.record, tree.figures);
    strip.show();
    QVERIFY(QTest::qWaitForWindowExposed(&strip));
    for (const std::int32_t node : leaves(*tree.record)) {
      strip.setNode(node);
      strip.refresh();
      QVERIFY(nodeShown(strip, node));
    }
    strip.setNode(0);
    strip.refresh();
    QVERIFY(nodeShown(strip, 0));
    const float before = strip.drawing().hits[0].box.left;
    QWheelEvent down({50, 50}, strip.mapToGlobal(QPointF(50, 50)), {}, {0, -120}, Qt::NoButton,
                     Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&strip, &down);
    strip.refresh();
    const float after = strip.drawing().hits[0].box.left;
    QVERIFY(after < before);
    strip.setTree(tree.record, tree.figures);  // new data does not scroll
    strip.setNode(0);
    strip.refresh();
    QCOMPARE(strip.drawing().hits[0].box.left, after);
  }

  void an_empty_strip_says_what_to_do() {
    FilmStrip strip;
    strip.resize(400, 92);
    strip.refresh();
    QCOMPARE(itemsOf<TextItem>(strip.drawing()).size(), std::size_t{1});
    const Tree tree = mockupTree();
    strip.setTree(tree.record, tree.figures);
    strip.refresh();
    QVERIFY(
        hasText(strip.drawing(), "Select a node to see the way to it and on to its best leaf."));
    QTest::keyClick(&strip, Qt::Key_Left);  // and nothing happens
  }

  void rewards_wait_for_their_images() {
    RewardView view;
    view.resize(303, 294);
    view.refresh();
    QVERIFY(hasText(view.drawing(), "No tree yet"));
    const Tree growing = treeOf(grownSoFar(*mockupTree().record, 8));
    view.setTree(growing.record, growing.figures);
    view.refresh();
    QVERIFY(hasText(view.drawing(), "Waiting for 27 images"));
    keepPicture(view, "rewards-waiting");
  }

  void a_click_on_a_mark_asks_for_its_leaf() {
    const Tree tree = mockupTree();
    RewardView view;
    view.resize(303, 294);
    view.setTree(tree.record, tree.figures);
    const std::int32_t leaf = leaves(*tree.record)[5];
    view.setNode(leaf);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.refresh();
    keepPicture(view, "rewards");
    QSignalSpy chosen(&view, &RewardView::nodeChosen);
    QTest::mouseClick(&view, Qt::LeftButton, {},
                      middleOf(hitsOf(view.drawing(), HitKind::node)[0].box));
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].value<std::int32_t>(), leaf);
  }

  void light_looks_reach_every_canvas() {
    applyTheme(*qApp, ThemeKind::light, 1);
    const Theme& light = theme(ThemeKind::light);
    RunCurves curves;
    curves.setLooks(light, loadFonts(uiScale(1)));
    QVERIFY(shownCurves(curves, 37));
    QCOMPARE(curveOf(curves, "curve3")->looks().kind, ThemeKind::light);
    QCOMPARE(curves.grab().toImage().pixelColor(5, 190), toQColor(light.canvas));
    keepPicture(curves, "curves-light");
    const Tree tree = mockupTree();
    RewardView rewards;
    rewards.setLooks(light, loadFonts(uiScale(1)));
    rewards.resize(303, 294);
    rewards.setTree(tree.record, tree.figures);
    rewards.setNode(10);
    keepPicture(rewards, "rewards-light");
    FilmStrip strip;
    strip.setLooks(light, loadFonts(uiScale(1)));
    strip.resize(700, 92);
    strip.setTree(tree.record, tree.figures);
    strip.setNode(10);
    keepPicture(strip, "strip-light");
    applyTheme(*qApp, ThemeKind::dark, 1);
  }
};

QTEST_MAIN(TestCurveViews)
#include "tst_curve_views.moc"
