// Metrics by name and over each axis, series on one grid.
#include <QtTest>
#include <algorithm>
#include <cmath>

#include "compare/mean_curve.h"
#include "compared_runs.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

EvaluationRecord evaluation(std::int32_t iteration, double strict) {
  EvaluationRecord record;
  record.iteration = iteration;
  record.metrics = {{"scene_strict", strict}};
  return record;
}

}  // namespace

class TestScalars : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_series_counts_what_its_axis_counts_data() {
    QTest::addColumn<int>("axis");
    QTest::addColumn<std::vector<double>>("x");
    QTest::newRow("iteration") << static_cast<int>(XAxis::iteration) << std::vector{0., 1., 2.};
    QTest::newRow("nfe") << static_cast<int>(XAxis::nfe) << std::vector{100., 200., 300.};
    QTest::newRow("time") << static_cast<int>(XAxis::wall_time) << std::vector{2., 4., 6.};
    QTest::newRow("images") << static_cast<int>(XAxis::images) << std::vector{27., 54., 81.};
  }
  void a_series_counts_what_its_axis_counts() {
    QFETCH(int, axis);
    QFETCH(std::vector<double>, x);
    const ComparedRun run = compared_run("a", "treegrpo", 1, {.1, .2, .3});
    const Series expected{.x = x, .y = {.05, .1, .15}};
    QCOMPARE(metric_series(run.scalars, "reward.scene", static_cast<XAxis>(axis)), expected);
    QCOMPARE(*axis_from_name(axis_name(static_cast<XAxis>(axis))), static_cast<XAxis>(axis));
  }

  void an_evaluation_stands_where_its_weights_were_paid() {
    RunScalars run = compared_run("a", "treegrpo", 1, {.1, .2, .3}).scalars;
    run.evaluations = {evaluation(0, .4), evaluation(2, .6)};
    const Series over_nfe{.x = {0, 200}, .y = {.4, .6}};
    QCOMPARE(metric_series(run, "evaluation.scene_strict", XAxis::nfe), over_nfe);
    const Series over_iterations{.x = {0, 2}, .y = {.4, .6}};
    QCOMPARE(metric_series(run, "evaluation.scene_strict", XAxis::iteration), over_iterations);
  }

  void an_iteration_begins_where_those_before_it_have_ended() {
    const RunScalars run = compared_run("a", "treegrpo", 1, {.1, .2, .3}).scalars;
    QCOMPARE(axis_place(run, 2, XAxis::iteration), 2.);
    QCOMPARE(axis_place(run, 2, XAxis::nfe), 200.);
    QCOMPARE(axis_place(run, 0, XAxis::images), 0.);
    QCOMPARE(axis_place(run, 9, XAxis::wall_time), 6.);
  }

  void values_that_are_none_are_no_points() {
    const ComparedRun run = compared_run("a", "treegrpo", 1, {.1, no_value, .3});
    const Series expected{.x = {0, 2}, .y = {.1, .3}};
    QCOMPARE(metric_series(run.scalars, "reward", XAxis::iteration), expected);
    QVERIFY(metric_series(run.scalars, "kl", XAxis::iteration).x.empty());
    const auto names = metric_names(run.scalars);
    QVERIFY(std::count(names.begin(), names.end(), "reward.scene") == 1);
    QVERIFY(std::count(names.begin(), names.end(), "kl") == 0);
  }

  void a_running_mean_begins_with_what_there_is() {
    const Series series{.x = {0, 1, 2, 3}, .y = {1, 3, 5, 9}};
    QCOMPARE(smoothed(series, 1), series);
    const Series expected{.x = series.x, .y = {1, 2, 4, 7}};
    QCOMPARE(smoothed(series, 2), expected);
  }

  void costs_are_interpolated_between_points_and_never_beyond_them() {
    const std::vector<Series> runs = {{.x = {0, 10}, .y = {0, 1}}, {.x = {5, 20}, .y = {4, 1}}};
    const AlignedRuns aligned = align(runs, XAxis::nfe);
    const std::vector<double> x = {0, 5, 10, 20};
    QCOMPARE(aligned.x, x);
    const MeanCurve curve = mean_curve(aligned, Band::range);
    const std::vector<double> mean = {0, 2.25, 2, 1};
    const std::vector<int> n = {1, 2, 2, 1};
    QCOMPARE(curve.mean, mean);
    QCOMPARE(curve.n, n);
    QVERIFY(std::isnan(curve.low[0]) && curve.low[1] == .5 && curve.high[1] == 4);
  }
};

QTEST_GUILESS_MAIN(TestScalars)
#include "tst_scalars.moc"
