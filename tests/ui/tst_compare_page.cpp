#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>

#include "canvas/compare_plots.h"
#include "canvas/lanes_drawing.h"
#include "canvas_trees.h"
#include "comparison/compare_page.h"
#include "comparison/target_text.h"
#include "curve_runs.h"
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
