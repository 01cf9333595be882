#include <QApplication>
#include <QFontMetricsF>
#include <QSignalSpy>
#include <QtTest>

#include "canvas_trees.h"
#include "curve_runs.h"
#include "style/studio_style.h"
#include "tree/sigmas.h"
#include "views/film_strip.h"
#include "views/reward_view.h"
#include "views/run_curves.h"
#include "views/schedule_lanes.h"
#include "views/schedule_starts.h"
#include "views/tree_canvas.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

constexpr double scales[] = {1, 1.25, 1.5, 2};

struct Line {
  QString text;
  QRectF box;  // from the capitals' top to the base line
};

std::vector<Line> linesOf(const Drawing& drawing) {
  std::vector<Line> lines;
  for (const TextItem& item : itemsOf<TextItem>(drawing)) {
    const QFontMetricsF metrics(fontFor(loadFonts(1), item.role, item.italic));
    const QString text = QString::fromStdString(item.text);
    const double width = metrics.horizontalAdvance(text), height = metrics.capHeight();
    const double part = item.align == TextAlign::left ? 0 : item.align == TextAlign::right ? 1 : .5;
    const QPointF at(item.at.x, item.at.y);
    lines.push_back({text, {at.x() - part * width, at.y() - height / 2, width, height}});
  }
  return lines;
}

// The first two lines that stand in each other; empty: none do.
QString overlapIn(const Drawing& drawing) {
  const std::vector<Line> lines = linesOf(drawing);
  for (std::size_t a = 0; a < lines.size(); ++a)
    for (std::size_t b = a + 1; b < lines.size(); ++b) {
      const QRectF both = lines[a].box & lines[b].box;
      if (both.width() > .5 && both.height() > .5)
        return QString("'%1' and '%2' at %3, %4")
            .arg(lines[a].text, lines[b].text)
            .arg(both.x())
            .arg(both.y());
    }
  return {};
}

std::shared_ptr<const TreeRecord> mockupTree() {
  TreeRecord record = creditedTree(mockupSchedule());
  record.reward_names = {"match", "clean"};
  record.reward_weights = {.8, .2};
  record.sigmas = sigma_table(SigmaRule::uniform, 10, 1);
  return shared(std::move(record));
}

// Each canvas of the window, filled.
struct Canvases {
  std::shared_ptr<const TreeRecord> record = mockupTree();
  std::shared_ptr<const TreeFigures> figures =
      std::make_shared<const TreeFigures>(treeFigures(*record));
  TreeCanvas tree;
  FilmStrip strip;
  RewardView rewards;
  CurveView curve;
  ScheduleLanesView lanes;
  ScheduleStartsView starts;

  Canvases() {
    const std::int32_t leaf = figures->best_leaf;
    tree.setTree(record, figures);
    tree.setSelection(leaf, {}, -1, {});
    strip.setTree(record, figures);
    strip.setNode(leaf);
    rewards.setTree(record, figures);
    rewards.setNode(leaf);
    curve.setPlot(runPlots(runHistory(37), CurveTab::overview, XAxis::iteration, 20).front());
    lanes.setSchedule(record->schedule, record->sigmas, {});
    const RunConfig config;
    StartsPlot plot;
    plot.run = plot.drawn = window_starts(config, 0);
    plot.starts = starts_of_iterations(config, 0, 60);
    plot.live_iteration = 37;
    starts.setPlot(plot);
  }

  std::vector<CanvasView*> all() { return {&tree, &strip, &rewards, &curve, &lanes, &starts}; }
};

}  // namespace

class TestTextScale : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { applyTheme(*qApp, ThemeKind::dark, 1); }

  void no_text_stands_in_another_data() {
    QTest::addColumn<double>("scale");
    QTest::addColumn<QSize>("size");
    for (const double scale : scales)
      for (const QSize size : {QSize(0, 0), QSize(640, 420), QSize(1200, 700)})
        QTest::addRow("%.2f × %d", scale, size.width()) << scale << size;
  }

  void no_text_stands_in_another() {
    QFETCH(double, scale);
    QFETCH(QSize, size);
    Canvases canvases;
    for (CanvasView* view : canvases.all()) {
      view->setLooks(theme(ThemeKind::dark), loadFonts(scale));
      view->resize(size.expandedTo(view->minimumSizeHint()).expandedTo(view->minimumSize()));
      canvases.lanes.setColumns(qRound(92 * scale), qRound(72 * scale), 0);
      view->show();
      view->refresh();
      QVERIFY(!linesOf(view->drawing()).empty());
      const QString overlap = overlapIn(view->drawing());
      QVERIFY2(overlap.isEmpty(), qPrintable(view->metaObject()->className() + (" " + overlap)));
    }
  }

  void a_click_finds_its_node_at_every_scale() {
    for (const double scale : scales) {
      Canvases canvases;
      TreeCanvas& tree = canvases.tree;
      tree.setLooks(theme(ThemeKind::dark), loadFonts(scale));
      tree.resize(900, 600);
      tree.show();
      QVERIFY(QTest::qWaitForWindowExposed(&tree));
      tree.refresh();
      const QSignalSpy chosen(&tree, &TreeCanvas::nodeChosen);
      const HitBox node = hitsOf(tree.drawing(), HitKind::node).back();
      const QPoint place = tree.widgetPlace(node.box.centre()).toPoint();
      QVERIFY(tree.rect().contains(place));
      QTest::mouseClick(&tree, Qt::LeftButton, {}, place);
      QCOMPARE(chosen.size(), 1);
      QCOMPARE(chosen.front().front().toInt(), node.target);
    }
  }

  void twice_the_scale_paints_the_same_twice_as_large() {
    Canvases once, twice;
    const QSize size(480, 300);
    for (std::size_t i = 0; i < once.all().size(); ++i) {
      CanvasView &small = *once.all()[i], &large = *twice.all()[i];
      small.resize(size);
      large.resize(2 * size);
      large.setLooks(theme(ThemeKind::dark), loadFonts(2));
      for (CanvasView* view : {&small, &large}) {
        view->show();
        view->refresh();
      }
      QCOMPARE(textOf(large.drawing()), textOf(small.drawing()));
      QCOMPARE(large.widgetPlace({100, 40}), QPointF(200, 80));
    }
  }
};

QTEST_MAIN(TestTextScale)
#include "tst_text_scale.moc"
