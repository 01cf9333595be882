#include <QTest>

#include "canvas/frame_budget.h"

using namespace treegrpo;

class TestFrameBudget : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_frame_is_paid_for_by_waiting_twenty_times_as_long() {
    FrameBudget budget;
    QCOMPARE(budget.wait(100), 0.);
    budget.spend(.004, 100);
    QCOMPARE(budget.wait(100), .08);
    QCOMPARE(budget.wait(100.05), 100.08 - 100.05);
    QCOMPARE(budget.wait(101), 0.);
  }

  void canvases_that_share_it_take_their_share_together() {
    FrameBudget budget(.05);
    double now = 0, painted = 0;
    for (int frame = 0; frame < 1000; ++frame) {
      now += budget.wait(now);
      for (const double seconds : {.003, .001, .002}) {  // three canvases in one round
        now += seconds;
        painted += seconds;
        budget.spend(seconds, now);
      }
    }
    QVERIFY2(painted / now < .0501, qPrintable(QString::number(painted / now)));
    QVERIFY(painted / now > .045);
  }
};

QTEST_GUILESS_MAIN(TestFrameBudget)
#include "tst_frame_budget.moc"
