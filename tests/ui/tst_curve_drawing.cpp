#include <rapidcheck.h>

#include <QtTest>
#include <algorithm>
#include <cmath>

#include "canvas/axis_ticks.h"
#include "canvas/curve_drawing.h"
#include "canvas/curve_part.h"
#include "canvas/run_look.h"
#include "canvas_trees.h"
#include "curve_runs.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

const Theme& dark = theme(ThemeKind::dark);

CurvePlot plotOf(std::vector<double> values) {
  CurvePlot plot{"Reward", "mean", "iteration", {}};
  CurveSeries series;
  series.name = "reward";
  series.y = std::move(values);
  for (std::size_t i = 0; i < series.y.size(); ++i) series.x.push_back(static_cast<double>(i));
  plot.series.push_back(std::move(series));
  return plot;
}

std::vector<PolylineItem> linesOf(const CurvePlot& plot) {
  return itemsOf<PolylineItem>(curveDrawing(plot, 300, 160, dark));
}

int diamondsOf(const Drawing& drawing) {
  int count = 0;
  for (const PolygonItem& item : itemsOf<PolygonItem>(drawing)) count += item.fill == dark.error;
  return count;
}

}  // namespace

class TestCurveDrawing : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void ticks_are_multiples_of_one_two_or_five() {
    const AxisScale scale = niceScale(.31, .87, 4);
    QCOMPARE(ticksOf(scale).size(), std::size_t{5});
    QCOMPARE(tickText(scale, ticksOf(scale)[0]), std::string("0.2"));
    QCOMPARE(tickText(scale, ticksOf(scale)[3]), std::string("0.8"));
    QVERIFY(scale.most >= .87);
    QCOMPARE(tickText(niceScale(-40, 1800, 4), 1000), std::string("1000"));
    QCOMPARE(tickText(niceScale(0, 3e-5, 4), 2e-5), std::string("2.0×10⁻⁵"));
    QCOMPARE(tickText(niceScale(0, 3e-5, 4), 0), std::string("0"));
    QCOMPARE(tickText(niceScale(-1, 1, 3), -1), std::string("−1"));
  }

  void any_two_numbers_make_a_scale_that_holds_them() {
    QVERIFY(rc::check([] {
      const double least = *rc::gen::inRange(-100000, 100000) * 1e-3;
      const double length = *rc::gen::inRange(0, 100000) * 1e-4;
      const int ticks = *rc::gen::inRange(2, 9);
      const AxisScale scale = niceScale(least, least + length, ticks);
      RC_ASSERT(scale.least <= least + 1e-6 && scale.most >= least + length - 1e-6);
      const std::vector<double> all = ticksOf(scale);
      RC_ASSERT(all.size() >= 2 && all.size() <= static_cast<std::size_t>(ticks) + 2);
      RC_ASSERT(std::is_sorted(all.begin(), all.end()));
    }));
  }

  void the_title_is_strong_and_its_caption_is_not() {
    const std::string text = textOf(curveDrawing(plotOf({.1, .2, .3}), 300, 160, dark));
    QVERIFY(text.find("\"Reward\" " + hexOf(dark.text) + " body_strong") != std::string::npos);
    QVERIFY(text.find("\"mean\" " + hexOf(dark.text2) + " caption") != std::string::npos);
    QVERIFY(text.find("\"iteration\"") != std::string::npos);
  }

  void raw_values_lie_faint_under_their_smooth_line() {
    CurvePlot plot = plotOf({0, 1, 0, 1});
    QCOMPARE(linesOf(plot).size(), std::size_t{1});
    plot.smoothing = .5;
    const std::vector<PolylineItem> lines = linesOf(plot);
    QCOMPARE(lines.size(), std::size_t{2});
    QVERIFY(lines[0].pen.width < lines[1].pen.width);
    QVERIFY(lines[0].pen.color.alpha < lines[1].pen.color.alpha);
    const std::vector<double> expected = {0, .5, .25, .625};
    QCOMPARE(smoothed({0, 1, 0, 1}, .5), expected);
  }

  void nan_breaks_a_line_and_marks_the_axis() {
    const CurvePlot plot = plotOf({.1, .2, no_value, .3, .4, INFINITY});
    QCOMPARE(linesOf(plot).size(), std::size_t{2});
    const Drawing drawing = curveDrawing(plot, 300, 160, dark);
    QCOMPARE(diamondsOf(drawing), 2);
    QVERIFY(hasText(drawing, "0.400"));  // the last number that is one
    CurvePlot lacking = plot;
    lacking.series[0].may_lack = true;
    QCOMPARE(diamondsOf(curveDrawing(lacking, 300, 160, dark)), 1);
  }

  void a_series_without_numbers_is_left_out() {
    CurvePlot plot = plotOf({.1, .2});
    plot.series.push_back({"KL", {0, 1}, {no_value, no_value}, {}});
    QCOMPARE(textOf(curveDrawing(plot, 300, 160, dark)),
             textOf(curveDrawing(plotOf({.1, .2}), 300, 160, dark)));
  }

  void the_last_value_has_a_live_dot_and_its_number() {
    const Drawing drawing = curveDrawing(plotOf({.1, .2, .633}), 300, 160, dark);
    const std::vector<CircleItem> dots = itemsOf<CircleItem>(drawing);
    QCOMPARE(dots.size(), std::size_t{1});
    QVERIFY(dots[0].fill == dark.live);
    QVERIFY(hasText(drawing, "0.633"));
  }

  void labels_at_the_ends_of_lines_do_not_cover_each_other() {
    CurvePlot plot = plotOf({0, 1});
    for (int i = 0; i < 4; ++i) {
      CurveSeries series = plot.series[0];
      series.right_label = "s" + std::to_string(i);
      series.y = {0, 1 - .001 * i};
      plot.series.push_back(series);
    }
    std::vector<float> heights;
    for (const HitBox& hit : hitsOf(curveDrawing(plot, 300, 160, dark), HitKind::legend))
      if (hit.target >= 0) heights.push_back(hit.box.top);
    std::sort(heights.begin(), heights.end());
    QCOMPARE(heights.size(), std::size_t{5});
    for (std::size_t i = 1; i < heights.size(); ++i) QVERIFY(heights[i] - heights[i - 1] >= 12.9f);
  }

  void a_changed_parameter_is_a_dotted_line_with_its_name() {
    CurvePlot plot = plotOf({.1, .2, .3});
    plot.marks = {{1, "lr 1e-5 → 2e-5"}, {9, "outside"}};
    const Drawing drawing = curveDrawing(plot, 300, 160, dark);
    QVERIFY(hasText(drawing, "lr 1e-5 → 2e-5"));
    plot.marks[0].x = 2;  // at the right end: its words go to the left
    QVERIFY(hasText(curveDrawing(plot, 300, 160, dark), "lr 1e-5 → 2e-5"));
    QVERIFY(!hasText(drawing, "outside"));
    QCOMPARE(hitsOf(drawing, HitKind::badge).size(), std::size_t{1});
    QVERIFY(textOf(drawing).find(hexOf(dark.warning) + " 1 dash 2 2") != std::string::npos);
  }

  void the_crosshair_reads_every_series() {
    CurvePlot plot = plotOf({.1, .25, .3});
    plot.series[0].band = bandAround(plot.series[0].y, {.01, .02, .03});
    plot.hover_x = 1;
    const Drawing drawing = curveDrawing(plot, 300, 160, dark);
    QVERIFY(hasText(drawing, "iteration 1"));
    QVERIFY(hasText(drawing, "reward 0.250 ± 0.020"));
    plot.series[0].y[1] = no_value;
    QVERIFY(hasText(curveDrawing(plot, 300, 160, dark), "reward NaN"));
  }

  void a_band_may_reach_further_on_one_side() {
    CurvePlot plot = plotOf({.1, .25, .3});
    plot.series[0].band = {{.1, .2, .3}, {.1, .4, .3}};
    plot.hover_x = 1;
    QVERIFY(hasText(curveDrawing(plot, 300, 160, dark), "reward 0.250 (0.200 to 0.400)"));
  }

  void compared_runs_have_their_colours_and_dashes() {
    CurvePlot plot = plotOf({.1, .2, .3});
    plot.series.push_back(plot.series[0]);
    for (int run = 0; run < 2; ++run) plot.series[static_cast<std::size_t>(run)].run = run;
    const std::vector<PolylineItem> lines = linesOf(plot);
    QCOMPARE(lines.size(), std::size_t{2});
    QCOMPARE(hexOf(lines[0].pen.color), hexOf(dark.runs[1]));
    QCOMPARE(hexOf(lines[1].pen.color), hexOf(dark.runs[0]));
    QVERIFY(runDash(0) == Dash{} && !(runDash(1) == Dash{}));
    QVERIFY(runColor(dark, 6) == runColor(dark, 0) && !(runDash(6) == runDash(0)));
  }

  void a_run_in_the_background_has_neither_label_nor_reading() {
    CurvePlot plot = plotOf({.1, .2, .3});
    plot.series.push_back(plot.series[0]);
    plot.series[1].name = "behind";
    plot.series[1].background = true;
    plot.hover_x = 1;
    const Drawing drawing = curveDrawing(plot, 300, 160, dark);
    QVERIFY(!hasText(drawing, "behind 0.200"));
    QCOMPARE(linesOf(plot).size(), std::size_t{2});
    QCOMPARE(hitsOf(drawing, HitKind::legend).size(), std::size_t{2});  // the title and one series
  }

  void between_two_points_the_crosshair_says_that_it_interpolates() {
    CurvePlot plot = plotOf({.1, .2, .4});
    plot.hover_x = 1.5;
    QVERIFY(!hasText(curveDrawing(plot, 300, 160, dark), "reward ~0.300"));
    plot.series[0].interpolate = true;
    QVERIFY(hasText(curveDrawing(plot, 300, 160, dark), "reward ~0.300"));
  }

  void a_part_of_the_axis_shows_what_lies_in_it() {
    CurvePlot plot = plotOf({.1, .2, .4, .8, .9});
    plot.series[0].band = bandAround(plot.series[0].y, {.1, .1, .1, .1, .1});
    plot.from_x = 1.5;
    plot.to_x = 3;
    const CurveSeries part = shownPart(plot).series[0];
    QCOMPARE(part.x, (std::vector<double>{1.5, 2, 3}));
    QVERIFY(std::abs(part.y[0] - .3) < 1e-12 && std::abs(part.band.high[0] - .4) < 1e-12);
    QCOMPARE(nearestX(plot, 300, 160, {34, 80}), 1.5);
  }

  void zooming_never_leaves_the_points() {
    CurvePlot plot = plotOf({.1, .2, .4, .8, .9});
    QVERIFY(zoomedX(plot, 2, .5).none());  // out of all of it
    QVERIFY(movedX(plot, .5).none());
    const Range half = zoomedX(plot, 3, 2);
    QCOMPARE(half.least, 1.5);
    QCOMPARE(half.most, 3.5);
    plot.from_x = half.least;
    plot.to_x = half.most;
    QCOMPARE(movedX(plot, .1).most, 3.7);
    QCOMPARE(movedX(plot, 5).most, 4.0);
    QCOMPARE(movedX(plot, -5).least, 0.0);
    QVERIFY(zoomedX(plot, 2, .1).none());
  }

  void the_nearest_point_is_found_and_none_outside() {
    const CurvePlot plot = plotOf({.1, .2, .3});
    QCOMPARE(nearestX(plot, 300, 160, {150, 80}), 1.0);
    QCOMPARE(nearestX(plot, 300, 160, {34, 80}), 0.0);
    QVERIFY(std::isnan(nearestX(plot, 300, 160, {150, 2})));
    QVERIFY(std::isnan(nearestX({}, 300, 160, {150, 80})));
  }

  void a_long_run_is_thinned_to_the_pixels_with_its_peaks() {
    std::vector<double> values(100000, .5);
    values[54321] = 2;
    const std::vector<PolylineItem> lines = linesOf(plotOf(std::move(values)));
    QVERIFY(lines[0].points.size() < 1500);
    float least = 1000, most = 0;
    for (const Point point : lines[0].points) {
      least = std::min(least, point.y);
      most = std::max(most, point.y);
    }
    QVERIFY(most - least > 50);
  }

  void bars_stand_on_nothing_and_the_last_is_live() {
    CurvePlot plot = plotOf({1000, 500, 800});
    plot.series[0].shape = CurveShape::bars;
    const std::vector<BoxItem> bars = itemsOf<BoxItem>(curveDrawing(plot, 300, 160, dark));
    QCOMPARE(bars.size(), std::size_t{3});
    QVERIFY(std::abs(bars[0].box.height - 2 * bars[1].box.height) < .1f);
    QVERIFY(bars[2].fill == dark.live);
  }

  void nothing_to_count_is_an_axis_from_nought_without_bars() {
    CurvePlot plot = plotOf({0, 0, 0});
    plot.series[0].shape = CurveShape::bars;
    plot.series[0].decimals = 0;
    const Drawing drawing = curveDrawing(plot, 300, 160, dark);
    QVERIFY(itemsOf<BoxItem>(drawing).empty());
    QVERIFY(hasText(drawing, "1") && !hasText(drawing, "0.5") && !hasText(drawing, "−1"));
  }

  void no_plot_is_too_small_or_too_empty_to_draw() {
    for (const float side : {0.f, 10.f, 60.f}) {
      for (const Drawing& drawing :
           {curveDrawing({}, side, side, dark), curveDrawing(plotOf({.5}), side, side, dark)}) {
        QVERIFY(!drawing.items.empty());
        QVERIFY(textOf(drawing).find("nan") == std::string::npos);
      }
    }
  }

  void every_tab_has_one_to_three_plots_that_share_their_axis() {
    const RunHistory history = runHistory(40);
    for (const CurveTab tab : {CurveTab::overview, CurveTab::reward, CurveTab::kl_ratio,
                               CurveTab::advantages, CurveTab::time}) {
      const std::vector<CurvePlot> plots = runPlots(history, tab, XAxis::wall_time, -1);
      QVERIFY(plots.size() >= 1 && plots.size() <= 3);
      for (const CurvePlot& plot : plots) {
        QCOMPARE(plot.x_label, std::string("minutes"));
        QCOMPARE(plot.series[0].x, plots[0].series[0].x);
        for (const CurveSeries& series : plot.series) {
          QVERIFY(!series.definition.empty());
          QCOMPARE(series.x.size(), series.y.size());
        }
      }
    }
    QVERIFY(runPlots({}, CurveTab::overview, XAxis::nfe, -1).empty());
  }

  void an_axis_sums_up_what_was_spent() {
    const RunHistory history = runHistory(3);
    QCOMPARE(axisOf(history, XAxis::nfe, 0), 992.0);
    QCOMPARE(axisOf(history, XAxis::nfe, 1), 992.0 + 1419);
    QCOMPARE(axisOf(history, XAxis::images, 2), 3 * 216.0);
    QCOMPARE(axisOf(history, XAxis::iteration, 2), 2.0);
    QCOMPARE(iterationAt(history, XAxis::nfe, 2400), 1);
    QCOMPARE(iterationAt({}, XAxis::nfe, 2400), -1);
  }

  void clip_fraction_and_kl_share_a_plot_by_a_factor() {
    const CurvePlot plot = runPlots(runHistory(40), CurveTab::overview, XAxis::iteration, -1)[1];
    QCOMPARE(plot.series.size(), std::size_t{2});
    QCOMPARE(plot.series[1].scale, 10.0);
    QVERIFY(plot.caption.find("× 10") != std::string::npos);
    RunHistory off = runHistory(40);
    for (IterationRecord& record : off.iterations) record.kl = no_value;
    QCOMPARE(runPlots(off, CurveTab::overview, XAxis::iteration, -1)[1].series.size(),
             std::size_t{1});
  }
};

QTEST_APPLESS_MAIN(TestCurveDrawing)
#include "tst_curve_drawing.moc"
