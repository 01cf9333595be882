#include <QTest>

#include "base/machine.h"

using namespace treegrpo;

class TestMachine : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void threads_asked_for_are_given() { QCOMPARE(thread_count(40), 40); }
  void no_number_of_threads_means_the_cores_up_to_16() {
    QVERIFY(thread_count(0) >= 1);
    QVERIFY(thread_count(0) <= 16);
  }
  void the_processor_has_a_name() { QVERIFY(!processor_name().empty()); }
};

QTEST_GUILESS_MAIN(TestMachine)
#include "tst_machine.moc"
