#include <QTest>

#include "canvas/frame_budget.h"

using namespace treegrpo;

class TestFrameBudget : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void what_a_thread_did_before_is_not_counted() {
    FrameBudget budget;
    QCOMPARE(budget.wait(3, 100), 0.);
  }

  void a_frame_is_paid_for_by_waiting_twenty_times_as_long() {
    FrameBudget budget;
    budget.settle(3, 100);
    budget.settle(3.004, 100);
    QCOMPARE(budget.wait(3.004, 100), .08);
    QCOMPARE(budget.wait(3.004, 100.05), .03);
    QCOMPARE(budget.wait(3.004, 101), 0.);
  }

  void a_long_frame_is_not_paid_for_by_more_than_a_second() {
    FrameBudget budget;
    budget.settle(0, 100);
    QCOMPARE(budget.wait(5, 105), 1.);
  }

  void nothing_waits_where_nothing_else_needs_the_cores() {
    FrameBudget budget;
    budget.settle(0, 100);
    budget.setShared(false);
    QCOMPARE(budget.wait(.01, 100), 0.);
    budget.setShared(true);
    QVERIFY(budget.wait(.01, 100) > 0);
  }

  void a_user_does_not_wait() {
    FrameBudget budget;
    budget.settle(0, 100);
    budget.hurry(100);
    QCOMPARE(budget.wait(.02, 100.4), 0.);
    QVERIFY(budget.wait(.04, 100.6) > 0);
  }

  void all_that_a_thread_does_stays_within_its_share() {
    FrameBudget budget(.05);
    double now = 0, used = 0;
    budget.settle(used, now);
    for (int frame = 0; frame < 1000; ++frame) {
      now += budget.wait(used, now);
      for (const double seconds : {.003, .001, .002}) {  // three canvases in one round
        now += seconds;
        used += seconds;
        budget.settle(used, now);
      }
    }
    QVERIFY2(used / now < .0501, qPrintable(QString::number(used / now)));
    QVERIFY(used / now > .045);
  }
};

QTEST_GUILESS_MAIN(TestFrameBudget)
#include "tst_frame_budget.moc"
