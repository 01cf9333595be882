#include <QTest>
#include <random>
#include <thread>

#include "workbench/run_control.h"

using namespace treegrpo;

namespace {

// Weights that only say how often they were asked.
class CountedModel final : public ModelWork {
 public:
  WeightsOrigin origin() const override { return {.iterations = ++asked}; }
  std::vector<Image> sample(const SampleOptions&, const Proceed&) override { return {}; }
  EvaluationRecord evaluate(const Proceed&) override { return {}; }
  Regrown regrow(const RegrowOptions&, const Proceed&) override { return {}; }
  DrawnPath draw(const DrawOptions&, const Proceed&) override { return {}; }

  mutable int asked = 0;
};

// Counts what became of its jobs.
struct JobCounts {
  std::atomic<int> done = 0, dropped = 0;

  ModelJob job() {
    return {.work = [this](ModelWork& model, const Proceed&) { model.origin(), ++done; },
            .dropped = [this] { ++dropped; }};
  }
};

}  // namespace

class TestRunControl : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void nothing_asked_means_proceed() {
    RunControl control;
    QCOMPARE(control.next_command(SafePoint::step), RunCommand::proceed);
  }

  void the_second_stop_means_at_once() {
    RunControl control;
    control.stop();
    QCOMPARE(control.next_command(SafePoint::step), RunCommand::stop);
    QCOMPARE(control.next_command(SafePoint::step), RunCommand::stop);
    control.stop();
    QCOMPARE(control.next_command(SafePoint::step), RunCommand::stop_now);
  }

  void a_paused_run_waits_until_it_is_resumed() {
    RunControl control;
    control.pause();
    std::atomic<bool> waits = false;
    std::atomic<bool> resumed = false;
    std::jthread user([&] {
      while (!waits) std::this_thread::yield();
      resumed = true;
      control.resume();
    });
    QCOMPARE(control.next_command(SafePoint::step, {.paused = [&] { waits = true; }}),
             RunCommand::proceed);
    QVERIFY(resumed);
  }

  void a_paused_run_can_be_stopped() {
    RunControl control;
    control.pause();
    std::jthread user([&] { control.stop(); });
    QCOMPARE(control.next_command(SafePoint::step), RunCommand::stop);
  }

  void resume_without_pause_and_pause_twice_do_no_harm() {
    RunControl control;
    control.resume();
    control.pause();
    control.pause();
    control.resume();
    QCOMPARE(control.next_command(SafePoint::step), RunCommand::proceed);
  }

  // What a run does at its safe points until it is paused: how many it passes.
  static int passed(RunControl& control, const std::vector<SafePoint>& points) {
    int count = 0;
    for (const SafePoint point : points) {
      bool waited = false;
      control.next_command(point, {.paused = [&] {
                             waited = true;
                             control.resume();
                           }});
      if (waited) return count;
      ++count;
    }
    return count;
  }

  void a_step_ends_at_the_next_point_of_its_kind_or_a_later_one() {
    using enum SafePoint;
    const std::vector<SafePoint> points = {step, part, step, part, trees, part, update, iteration};
    const std::pair<SafePoint, int> steps[] = {{step, 0}, {trees, 4}, {update, 6}, {iteration, 7}};
    for (const auto& [unit, expected] : steps) {
      RunControl control;
      control.pause();
      control.step(unit);
      QCOMPARE(passed(control, points), expected);
    }
  }

  void a_step_of_an_update_ends_at_the_iteration_if_nothing_trained() {
    RunControl control;
    control.pause();
    control.step(SafePoint::update);
    QCOMPARE(passed(control, {SafePoint::trees, SafePoint::part, SafePoint::iteration}), 2);
  }

  void only_a_paused_run_is_stepped() {
    RunControl control;
    control.step(SafePoint::step);
    QVERIFY(!control.stepping());
    QCOMPARE(passed(control, {SafePoint::step, SafePoint::iteration}), 2);
    control.pause();
    control.step(SafePoint::step);
    QVERIFY(control.stepping());
    control.resume();  // wins over the step
    QVERIFY(!control.stepping());
    QCOMPARE(passed(control, {SafePoint::step, SafePoint::iteration}), 2);
  }

  void the_watched_prompt_is_what_was_asked_last() {
    RunControl control;
    QVERIFY(!control.watched());
    control.watch(PromptId{3});
    QCOMPARE(control.watched()->value, 3);
    control.watch({});
    QVERIFY(!control.watched());
  }

  void work_is_done_in_order_at_the_next_point_that_has_a_model() {
    RunControl control;
    CountedModel model;
    std::vector<int> order;
    for (int i = 0; i < 3; ++i)
      control.ask(
          {.work = [&order, i](ModelWork&,
                               const Proceed& goes_on) { order.push_back(goes_on() ? i : -1); },
           .dropped = [] { QFAIL("nothing stops it"); }});
    QCOMPARE(control.next_command(SafePoint::part), RunCommand::proceed);
    QVERIFY(order.empty());
    int parts = 0;
    QCOMPARE(control.next_command(SafePoint::step, {.working = [&] { ++parts; }}, &model),
             RunCommand::proceed);
    QCOMPARE(order, (std::vector<int>{0, 1, 2}));
    QCOMPARE(parts, 3);
  }

  void a_paused_run_works_at_once_and_stays_paused() {
    RunControl control;
    CountedModel model;
    JobCounts counts;
    control.pause();
    std::jthread user([&] {
      control.ask(counts.job());
      while (counts.done < 1) std::this_thread::yield();
      control.ask(counts.job());
      while (counts.done < 2) std::this_thread::yield();
      QVERIFY(control.pause_wanted());
      control.resume();
    });
    QCOMPARE(control.next_command(SafePoint::step, {}, &model), RunCommand::proceed);
  }

  void a_run_that_is_paused_between_parts_goes_on_to_the_next_point_for_work() {
    RunControl control;
    CountedModel model;
    JobCounts counts;
    control.pause();
    control.ask(counts.job());
    QCOMPARE(control.next_command(SafePoint::part), RunCommand::proceed);
    QCOMPARE(counts.done.load(), 0);
    std::jthread user([&] {
      while (counts.done < 1) std::this_thread::yield();
      QVERIFY(control.pause_wanted());
      control.resume();
    });
    control.next_command(SafePoint::update, {}, &model);
    QCOMPARE(counts.done.load(), 1);
  }

  void a_stop_and_the_end_of_a_run_drop_what_is_asked() {
    RunControl control;
    CountedModel model;
    JobCounts counts;
    control.ask(counts.job());
    control.stop();
    QCOMPARE(control.next_command(SafePoint::step, {}, &model), RunCommand::stop);
    QCOMPARE(counts.dropped.load(), 1);
    control.ask(counts.job());
    control.close();
    control.ask(counts.job());
    QCOMPARE(counts.dropped.load(), 3);
    QCOMPARE(counts.done.load(), 0);
  }

  void any_order_of_commands_and_work_leaves_no_job_without_an_end() {
    for (unsigned seed = 0; seed < 12; ++seed) {
      RunControl control;
      CountedModel model;
      JobCounts counts;
      int asked = 0;
      std::jthread trainer([&] {
        std::mt19937 points(seed + 100);
        RunCommand command = RunCommand::proceed;
        while (command == RunCommand::proceed) {
          const bool whole = points() % 3 != 0;
          command = control.next_command(whole ? SafePoint::step : SafePoint::part, {},
                                         whole ? &model : nullptr);
        }
        control.close();
      });
      std::mt19937 random(seed);
      for (int i = 0; i < 120; ++i) {
        const auto what = random() % 6;
        if (what == 0) control.pause();
        if (what == 1) control.resume();
        if (what == 2) control.step(static_cast<SafePoint>(random() % 5));
        if (what >= 3) control.ask(counts.job()), ++asked;
        if (random() % 8 == 0) std::this_thread::sleep_for(std::chrono::microseconds(300));
      }
      control.stop();
      trainer.join();
      QCOMPARE(counts.done + counts.dropped, asked);
      QCOMPARE(model.asked, counts.done.load());
    }
  }

  void commands_of_many_threads_in_any_order_end_in_a_stop() {
    RunControl control;
    std::vector<std::jthread> users;
    for (unsigned seed = 0; seed < 3; ++seed)
      users.emplace_back([&control, seed] {
        std::mt19937 random(seed);
        for (int i = 0; i < 200; ++i) {
          if (random() % 3 == 0) control.pause();
          if (random() % 3 != 0) control.resume();
          if (random() % 4 == 0) control.step(SafePoint::step);
          control.watch(PromptId{static_cast<std::int32_t>(random() % 5)});
        }
        control.resume();
      });
    std::jthread trainer([&control] {
      while (control.next_command(SafePoint::step) == RunCommand::proceed) control.watched();
    });
    users.clear();  // joins
    control.stop();
    trainer.join();
    QCOMPARE(control.stops_asked(), 1);
  }
};

QTEST_APPLESS_MAIN(TestRunControl)
#include "tst_run_control.moc"
