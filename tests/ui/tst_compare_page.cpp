#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTimer>
#include <QtTest>
#include <cmath>

#include "canvas/compare_plots.h"
#include "canvas/depth_histograms.h"
#include "canvas/lanes_drawing.h"
#include "canvas_trees.h"
#include "comparison/compare_page.h"
#include "comparison/target_text.h"
#include "curve_runs.h"
#include "grid_pictures.h"
#include "keep_picture.h"
#include "probe_runs.h"
#include "tree/method.h"
#include "ui/fake_runs.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

const Theme& dark = theme(ThemeKind::dark);

// A run whose reward rises by `slope` an iteration.
ComparedRun run(const std::string& name, std::uint64_t seed, double slope, double rate = 1e-4) {
  ComparedRun run{name, smallConfig(20, name), {}, {}};
  run.config.run.seed = seed;
  run.config.optimizer.learning_rate = rate;
  run.scalars.iterations = runHistory(20).iterations;
  for (IterationRecord& record : run.scalars.iterations)
    record.reward = .5 + slope * record.iteration + .002 * static_cast<double>(seed);
  return run;
}

// Two experiments of two seeds: the second learns twice as fast.
std::vector<ComparedRun> fourRuns() {
  return {run("slow-1", 1, .01), run("slow-2", 2, .01), run("fast-1", 1, .02, 2e-4),
          run("fast-2", 2, .02, 2e-4)};
}

std::vector<RunSummary> summariesOf(const std::vector<ComparedRun>& runs) {
  std::vector<RunSummary> summaries(runs.size());
  for (std::size_t i = 0; i < runs.size(); ++i) {
    summaries[i].run = {static_cast<std::int64_t>(i) + 1};
    summaries[i].name = runs[i].name;
    summaries[i].iterations = 20;
    summaries[i].seed = runs[i].config.run.seed;
  }
  return summaries;
}

}  // namespace

class TestComparePage : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_plot_has_a_mean_a_group_and_its_runs_behind() {
    const ComparisonOptions options;
    const Comparison comparison = compare_runs(fourRuns(), options);
    const CurvePlot plot = comparePlot(comparison, options);
    QCOMPARE(plot.series.size(), std::size_t{6});
    QCOMPARE(plot.series[0].right_label, std::string("A (n = 2)"));
    QCOMPARE(plot.series[1].right_label, std::string("B (n = 2)"));
    QVERIFY(!plot.series[1].band.low.empty() && plot.series[5].background);
    QCOMPARE(comparePlot(comparison, options, {.raw = false}).series.size(), std::size_t{2});
    QVERIFY(hasText(curveDrawing(plot, 400, 200, dark), "B (n = 2) 0.883"));
  }

  void how_soon_a_target_is_reached_is_said_in_words() {
    ComparisonOptions options;
    options.target = Target{.value = .6};
    const QString words = targetText(compare_runs(fourRuns(), options), options);
    QVERIFY2(words.contains("A reaches 0.6 after iteration 10"), qPrintable(words));
    QVERIFY2(words.contains("sooner than A, 95 % interval"), qPrintable(words));
    options.target = Target{.value = 5};
    QVERIFY(targetText(compare_runs(fourRuns(), options), options).contains("does not reach 5"));
    options.target.reset();
    QVERIFY(targetText(compare_runs(fourRuns(), options), options).isEmpty());
  }

  void a_distribution_climbs_to_one() {
    const std::vector<std::string> letters{"A", "B"};
    const std::vector<std::vector<double>> samples{{.1, .3, .2}, {}};
    const CurvePlot plot = ecdfPlot("Rewards", "reward", letters, samples);
    QCOMPARE(plot.series.size(), std::size_t{1});  // B has no value
    QCOMPARE(plot.series[0].y.back(), 1.);
    QCOMPARE(plot.series[0].y.front(), 0.);
    QCOMPARE(plot.series[0].right_label, std::string("A, median 0.20, n = 3"));
  }

  void histograms_have_their_bins_in_common_and_add_up_to_one() {
    const std::vector<std::string> letters{"A", "B", "C"};
    const std::vector<std::vector<double>> samples{{0, .1, .1, .9}, {}, {.5, .5, 1}};
    const CurvePlot plot = histogramPlot("Rewards", "reward", letters, samples);
    QCOMPARE(plot.series.size(), std::size_t{2});  // B has no value
    QCOMPARE(plot.series[1].run, 2);               // and C keeps its colour
    QCOMPARE(plot.series[0].x, plot.series[1].x);
    for (const CurveSeries& series : plot.series) {
      double sum = 0;
      for (std::size_t corner = 1; corner + 1 < series.y.size(); corner += 2)
        sum += series.y[corner];
      QVERIFY(std::abs(sum - 1) < 1e-12);
    }
    QVERIFY(hasText(curveDrawing(plot, 400, 200, dark), "C, n = 3"));
  }

  void advantages_by_depth_have_a_row_a_step() {
    const DepthHistograms histograms{
        "Advantages by step", {{"A", {{3, {-1, 0, 1}}, {4, {.5, .5}}}}, {"B", {{4, {-.5, 0}}}}}};
    const Drawing drawing = depthHistogramsDrawing(histograms, 400, 300, dark);
    QCOMPARE(hitsOf(drawing, HitKind::step).size(), std::size_t{2});
    QCOMPARE(itemsOf<PolygonItem>(drawing).size(), std::size_t{3});
    QVERIFY(hasText(drawing, "t 3") && hasText(drawing, "t 4"));
    QCOMPARE(depthWords(histograms, 4),
             std::string("Step 4: A n = 2, mean +0.50, s.d. 0.00; B n = 2, mean −0.25, s.d. 0.25"));
    QVERIFY(hasText(depthHistogramsDrawing({"Advantages by step", {}}, 400, 300, dark),
                    "No edge has an advantage here"));
  }

  void edits_and_checkpoints_are_marked_on_curves() {
    std::vector<ComparedRun> runs = fourRuns();
    runs[2].changes = {{.iteration = 7,
                        .key = "optimizer.learning_rate",
                        .old_value = "2e-4",
                        .new_value = "1e-4"}};
    runs[0].checkpoints = {10, 20};
    const ComparisonOptions options;
    const Comparison comparison = compare_runs(runs, options);
    CurvePlot plot = comparePlot(comparison, options);
    plot.marks = compareMarks(runs, comparison, XAxis::iteration);
    QCOMPARE(plot.marks.size(), std::size_t{3});
    QCOMPARE(plot.marks[0].label, std::string("B learning_rate 2e-4 → 1e-4"));
    QCOMPARE(plot.marks[0].x, 7.);
    QVERIFY(plot.marks[1].shape == MarkShape::tick && plot.marks[1].x == 10);
    QCOMPARE(plot.marks[1].definition, std::string("A, slow-1: checkpoint after 10 iterations"));
    const Drawing drawing = curveDrawing(plot, 600, 200, dark);
    QVERIFY(hasText(drawing, "B learning_rate 2e-4 → 1e-4"));
    QCOMPARE(hitsOf(drawing, HitKind::badge).size(), std::size_t{2});  // 20 lies beyond the axis
    const double nfe = compareMarks(runs, comparison, XAxis::nfe)[0].x;
    QVERIFY(nfe > 7 * 900 && nfe < 7 * 1500);
  }

  void lanes_frame_the_steps_that_differ() {
    const TreeSchedule one = windowSchedule(1, 2, 1, 3), other = windowSchedule(2, 2, 0, 3);
    const Drawing drawing = lanesDrawing({{"A", "B"}, {one, other}, {1, 3}}, 300, dark);
    QCOMPARE(hitsOf(drawing, HitKind::step).size(), std::size_t{2});
    QVERIFY(hasText(drawing, "A") && hasText(drawing, "3"));
  }

  void differences_are_listed_filtered_and_ignored() {
    ConfigDifferences view;
    const std::vector<ComparedRun> runs = fourRuns();
    const std::vector<RunConfig> configs{runs[0].config, runs[2].config};
    ComparedConfigs shown{{"A", "B"},
                          {config_entries(configs[0]), config_entries(configs[1])},
                          schedule_diff(configs),
                          {}};
    shown.edits.push_back({"B",
                           {.iteration = 7,
                            .key = "optimizer.learning_rate",
                            .old_value = "2e-4",
                            .new_value = "1e-4"}});
    view.setConfigs(shown);
    auto* tree = view.findChild<QTreeWidget*>("configDifferencesTree");
    QCOMPARE(tree->topLevelItemCount(), 2);  // optimizer, run.name
    const QSignalSpy changed(&view, &ConfigDifferences::ignoredChanged);
    view.setIgnored({"run"});
    QCOMPARE(tree->topLevelItemCount(), 1);
    QCOMPARE(tree->topLevelItem(0)->child(0)->text(0), QString("learning_rate"));
    view.findChild<QPushButton*>("configDifferencesOnly")->setChecked(false);
    QVERIFY(tree->topLevelItemCount() > 5);
    view.findChild<QLineEdit*>("configDifferencesFilter")->setText("learning");
    QCOMPARE(tree->topLevelItemCount(), 1);
    QVERIFY(view.findChild<QLabel*>("configDifferencesEdits")->text().contains("iteration 7"));
    QCOMPARE(view.findChild<QLabel*>("configDifferencesSchedules")->text(),
             QString("Schedules equal."));
    QCOMPARE(changed.size(), 0);
  }

  void the_menu_of_a_key_ignores_it_and_counts_it_again() {
    ConfigDifferences view;
    const std::vector<ComparedRun> runs = fourRuns();
    view.setConfigs({{"A", "B"},
                     {config_entries(runs[0].config), config_entries(runs[2].config)},
                     std::nullopt,
                     {}});
    view.resize(500, 400);
    view.show();
    auto* tree = view.findChild<QTreeWidget*>("configDifferencesTree");
    const QSignalSpy changed(&view, &ConfigDifferences::ignoredChanged);
    const auto choose = [&](const QString& words) {
      bool chosen = false;
      QTimer::singleShot(0, &view, [&] {
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        if (!menu) return;
        for (QAction* action : menu->actions())
          if (action->text() == words) {
            menu->setActiveAction(action);
            chosen = true;
            QTest::keyClick(menu, Qt::Key_Return);
            return;
          }
        menu->close();
      });
      const QRect first = tree->visualItemRect(tree->topLevelItem(0)->child(0));
      Q_EMIT tree->customContextMenuRequested(first.center());
      return chosen;
    };
    QCOMPARE(tree->topLevelItem(0)->child(0)->toolTip(0), QString("optimizer.learning_rate"));
    QVERIFY(choose("Ignore optimizer.learning_rate"));
    QCOMPARE(view.ignored(), QStringList{"optimizer.learning_rate"});
    QVERIFY(tree->topLevelItem(0)->child(0)->toolTip(0) != QString("optimizer.learning_rate"));
    QVERIFY(view.findChild<QLabel*>("configDifferencesCount")->text().contains("ignored"));
    QVERIFY(choose("Count optimizer.learning_rate again"));
    QVERIFY(view.ignored().isEmpty());
    QCOMPARE(changed.size(), 2);
  }

  void distributions_are_of_the_pair_or_of_all_runs() {
    ComparePage page;
    page.resize(1500, 900);
    page.show();
    const std::vector<ComparedRun> runs = fourRuns();
    const QSignalSpy asked(&page, &ComparePage::iterationAsked);
    page.setRuns(summariesOf(runs), runs);
    QTRY_VERIFY(!page.working());
    const auto tree = shared(creditedTree(mockupSchedule()));
    page.setTrees({tree, {}}, {tree, {}});
    page.findChild<QTabBar*>("compareTabs")->setCurrentIndex(4);
    QTRY_VERIFY(!page.working());
    auto* depths = page.findChild<DepthView*>();
    QVERIFY(depths->isVisible());
    QVERIFY(depths->accessibleDescription().contains("Step 3: A n = 3"));
    QCOMPARE(asked.size(), 0);
    page.findChild<QComboBox*>("compareScope")->setCurrentIndex(1);
    QCOMPARE(asked.size(), 1);
    IterationRead read;
    read.grid = {{"a prompt"}, {{}, {}, {}, {}}, std::vector<GridCell>(4), 10};
    read.samples.assign(4, sampleOf(*tree));
    read.of = 4;
    read.done = 3;
    page.setIteration(read);
    QVERIFY(page.findChild<QWidget*>("compareReading")->isVisible());
    read.done = 4;
    page.setIteration(read);
    QVERIFY(!page.findChild<QWidget*>("compareReading")->isVisible());
    // Two runs a group.
    QVERIFY2(depths->accessibleDescription().contains("Step 3: A n = 6"),
             qPrintable(depths->accessibleDescription()));
    QVERIFY(page.findChild<QTreeWidget*>("configDifferencesTree")->topLevelItemCount() > 0);
    keepPicture(page, "compare-distributions");
    page.setLooks(theme(ThemeKind::light), loadFonts(uiScale(1)));
    keepPicture(page, "compare-distributions-light");
  }

  void a_picture_of_the_grid_stands_beside_the_reference() {
    ComparePage page;
    page.resize(1500, 900);
    page.show();
    const std::vector<ComparedRun> runs = fourRuns();
    page.setRuns(summariesOf(runs), runs);
    QTRY_VERIFY(!page.working());
    page.findChild<QTabBar*>("compareView")->setCurrentIndex(1);
    IterationRead read;
    read.grid = gridOf(3, 4);
    read.samples.resize(4);
    read.done = read.of = 12;
    page.setIteration(read);
    auto* grid = page.findChild<ImageGridCanvas*>();
    auto* pair = page.findChild<ImagePair*>();
    grid->setStep(10);
    grid->select(4);
    grid->setReference(2);
    pair->canvas().refresh();
    const auto pictures = itemsOf<ImageItem>(pair->canvas().drawing());
    QCOMPARE(pictures.size(), std::size_t{2});
    QCOMPARE(pictures[0].image, read.grid.cells[2].pictures.back().image);
    QCOMPARE(pictures[1].image, read.grid.cells[4].pictures.back().image);
    grid->setReference(-1);  // then the next run stands for it
    pair->canvas().refresh();
    QCOMPARE(itemsOf<ImageItem>(pair->canvas().drawing())[0].image,
             nearestStep(read.grid.cells[5].pictures, 10)->image);
    pair->setStep(4);
    QCOMPARE(grid->view().step, 4);
    grid->setStep(3);
    QCOMPARE(pair->step(), 3);
    keepPicture(page, "compare-grid");
  }

  void probes_of_several_runs_have_a_row_a_run() {
    const std::vector<ProbedRun> probed{{"A", "slow-1", 0, probeStrip({.probes = 3}).probes},
                                        {"B", "fast-1", 1, probeStrip({.probes = 5}).probes}};
    QCOMPARE(probedPictures(probed).size(), std::size_t{6});  // three prompts, two seeds
    const ProbeStrip strip = comparedStrip(probed, {"a red circle", 1});
    QCOMPARE(strip.probes.size(), std::size_t{5});
    QVERIFY(pictureAt(strip, {2, 0}) && pictureAt(strip, {4, 1}));
    QVERIFY(!pictureAt(strip, {4, 0}));  // A ended before
    QCOMPARE(pictureAt(strip, {2, 1})->seed, 1);
    QCOMPARE(strip.lanes[0].lines.size(), std::size_t{2});
    QVERIFY(std::isnan(strip.lanes[0].lines[0].values[4]));
    QCOMPARE(strip.lanes[0].lines[1].values[4], probe_means(*probed[1].probes[4]).rewards[0].value);
    const Drawing drawing = probeDrawing(strip, 700, 600, dark);
    QCOMPARE(itemsOf<ImageItem>(drawing).size(), std::size_t{8});
    QVERIFY(hasText(drawing, "A") && hasText(drawing, "B"));

    ComparePage page;
    page.resize(1500, 900);
    page.show();
    const std::vector<ComparedRun> runs = fourRuns();
    const QSignalSpy asked(&page, &ComparePage::probesAsked);
    page.setRuns(summariesOf(runs), runs);
    QTRY_VERIFY(!page.working());
    page.findChild<QTabBar*>("compareView")->setCurrentIndex(2);
    QCOMPARE(asked.size(), 1);
    page.setProbes({probed[0].probes}, 4);
    QVERIFY(page.findChild<QWidget*>("compareReading")->isVisible());
    page.setProbes({probed[0].probes, {}, probed[1].probes, {}}, 4);
    QVERIFY(!page.findChild<QWidget*>("compareReading")->isVisible());
    auto* canvas = page.findChild<ProbeCanvas*>("probeRunsCanvas");
    QCOMPARE(canvas->strip().rows.size(), std::size_t{4});
    QTest::keyClick(canvas, Qt::Key_Left);
    QTest::keyClick(canvas, Qt::Key_Down);
    QTest::keyClick(canvas, Qt::Key_Down);
    QVERIFY2(page.findChild<QLabel*>("probeRunsWords")->text().startsWith("B  fast-1, seed 0"),
             qPrintable(page.findChild<QLabel*>("probeRunsWords")->text()));
    QApplication::processEvents();
    keepPicture(page, "compare-probes");
    page.setProbes({{}, {}, {}, {}}, 4);
    QVERIFY(page.findChild<QLabel*>("probeRunsEmpty")->isVisible());
  }

  void the_page_groups_runs_and_pairs_equal_seeds() {
    ComparePage page;
    page.resize(1400, 900);
    page.show();
    const std::vector<ComparedRun> runs = fourRuns();
    const QSignalSpy asked(&page, &ComparePage::placeChanged);
    page.setRuns(summariesOf(runs), runs);
    QTRY_VERIFY(!page.working() && asked.size() > 0);
    QCOMPARE(page.place().first.run.value, std::int64_t{1});
    QCOMPARE(page.place().second.run.value, std::int64_t{3});  // the other group, the same seed
    QCOMPARE(page.place().first.iteration, 19);
    const auto tree = shared(creditedTree(mockupSchedule()));
    page.setTrees({tree, {}}, {tree, {}});
    QVERIFY(page.trees().selected().second >= 0);
    QVERIFY(page.findChild<QLabel*>("imagePairNumbers")->isVisible());
    page.setTrees({tree, {}}, {nullptr, "It is gone."});
    QCOMPARE(page.trees().selected().second, -1);
    page.findChild<QSpinBox*>("compareIterationFirst")->setValue(4);
    QCOMPARE(page.place().second.iteration, 4);
    page.findChild<QToolButton*>("compareLinked")->setChecked(false);
    page.findChild<QSpinBox*>("compareIterationSecond")->setValue(9);
    QCOMPARE(page.place().first.iteration, 4);
    QCOMPARE(page.place().second.iteration, 9);
  }

  void no_runs_are_an_empty_state() {
    ComparePage page;
    page.show();
    page.setRuns({}, {});
    QVERIFY(page.findChild<QWidget*>("compareEmpty")->isVisible());
  }
};

QTEST_MAIN(TestComparePage)
#include "tst_compare_page.moc"
