#include <QtTest>

#include "canvas/keyframes_drawing.h"
#include "canvas/schedule_drawing.h"
#include "canvas/starts_drawing.h"
#include "canvas_trees.h"
#include "tree/sigmas.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace {

const Theme& dark = theme(ThemeKind::dark);

ScheduleLanes lanes() {
  return {.schedule = mockupSchedule(),
          .sigmas = sigma_table(SigmaRule::uniform, 10, 1),
          .bad_steps = {}};
}

Drawing draw(const ScheduleLanes& shown) { return scheduleDrawing(shown, 812, 214, dark); }

std::size_t dashedLines(const Drawing& drawing) {
  std::size_t count = 0;
  for (const LineItem& line : itemsOf<LineItem>(drawing)) count += !line.pen.dash.solid();
  return count;
}

}  // namespace

class TestScheduleDrawing : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void each_step_has_the_latents_it_evaluates() {
    QCOMPARE(frontiers(mockupSchedule()),
             (std::vector<std::int64_t>{1, 1, 1, 1, 3, 9, 27, 27, 27, 27}));
    const Drawing drawing = draw(lanes());
    for (const char* text : {"1", "3", "9", "27", "×3", "window, w = 3", "0.70"})
      QVERIFY2(hasText(drawing, text), text);
  }

  void seven_of_ten_lanes_are_dashed() { QCOMPARE(dashedLines(draw(lanes())), std::size_t(7)); }

  void every_step_and_every_handle_can_be_hit() {
    const Drawing drawing = draw(lanes());
    QCOMPARE(hitsOf(drawing, HitKind::step).size(), std::size_t(10));
    QCOMPARE(hitsOf(drawing, HitKind::badge).size(), std::size_t(3));
    QCOMPARE(drawing.hitAt({92 + 7 * 72 + 30, 150})->target, 7);
    const HitBox* bar = drawing.hitAt({92 + 4.5f * 72, 16});
    QCOMPARE(bar->kind, HitKind::badge);
    QCOMPARE(bar->target, static_cast<std::int32_t>(BlockHandle::whole));
  }

  void a_wrong_step_has_a_mark() {
    ScheduleLanes wrong = lanes();
    const auto polygons = [](const Drawing& drawing) {
      return itemsOf<PolygonItem>(drawing).size() + itemsOf<BoxItem>(drawing).size();
    };
    const std::size_t before = polygons(draw(wrong));
    wrong.bad_steps = {6};
    QVERIFY(polygons(draw(wrong)) > before);
  }

  void a_schedule_of_ode_steps_has_no_handle() {
    ScheduleLanes plain = lanes();
    plain.schedule = {.steps = std::vector<StepPlan>(10)};
    QVERIFY(hitsOf(draw(plain), HitKind::badge).empty());
    plain.schedule.steps.clear();
    plain.sigmas.clear();
    QVERIFY(hitsOf(draw(plain), HitKind::step).empty());
  }

  void a_start_has_its_cost_and_each_iteration_its_dot() {
    RunConfig config;
    StartsPlot plot;
    plot.run = plot.drawn = window_starts(config, 0);
    plot.starts = starts_of_iterations(config, 0, 60);
    plot.live_iteration = 37;
    const Drawing drawing = startsDrawing(plot, 812, 160, dark);
    QVERIFY(hasText(drawing, "202") && hasText(drawing, "124") && hasText(drawing, "46"));
    QCOMPARE(hitsOf(drawing, HitKind::step).size(), std::size_t(60));
    QCOMPARE(dashedLines(drawing), std::size_t(1));  // where the run is
    config.method.window_ratio = .3;
    plot.drawn = window_starts(config, 0);
    QCOMPARE(dashedLines(startsDrawing(plot, 812, 160, dark)), std::size_t(8));
  }

  void keyframes_have_marks_and_their_lanes_words() {
    KeyframesPlot plot{{{0, 40, "fixed"}, {40, 100, "sliding", true}}, 37, 60};
    const Drawing drawing = keyframesDrawing(plot, 800, 62, dark);
    QCOMPARE(hitsOf(drawing, HitKind::badge).size(), std::size_t(1));
    QCOMPARE(hitsOf(drawing, HitKind::step).size(), std::size_t(2));
    QVERIFY(hasText(drawing, "fixed") && hasText(drawing, "□ sliding") && hasText(drawing, "40"));
    const Box mark = hitsOf(drawing, HitKind::badge).front().box;
    QCOMPARE(keyframeIterationAt(plot, 800, mark.centre().x), 40);
    QCOMPARE(keyframeIterationAt(plot, 800, -50), 0);
    QCOMPARE(keyframeIterationAt(plot, 800, 5000), 99);
  }

  void without_a_window_it_says_so() {
    QVERIFY(textOf(startsDrawing({}, 400, 160, dark)).find("no moving window") !=
            std::string::npos);
  }
};

QTEST_GUILESS_MAIN(TestScheduleDrawing)
#include "tst_schedule_drawing.moc"
