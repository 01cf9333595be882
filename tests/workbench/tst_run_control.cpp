#include <QTest>
#include <random>
#include <thread>

#include "workbench/run_control.h"

using namespace treegrpo;

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
    QCOMPARE(control.next_command(SafePoint::step, [&] { waits = true; }), RunCommand::proceed);
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
      control.next_command(point, [&] {
        waited = true;
        control.resume();
      });
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
