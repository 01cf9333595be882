#include <QTest>
#include <limits>

#include "cli/terminal.h"

using namespace treegrpo::cli;

class TestTerminal : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void decimals_have_no_leading_zero_and_no_number_is_a_dash() {
    QCOMPARE(decimal(.6554), std::string(".655"));
    QCOMPARE(decimal(-.0714), std::string("-.071"));
    QCOMPARE(decimal(1.5, 1), std::string("1.5"));
    QCOMPARE(decimal(10), std::string("10.000"));
    QCOMPARE(decimal(std::numeric_limits<double>::quiet_NaN()), std::string("–"));
    QCOMPARE(signed_decimal(.5), std::string("+.500"));
    QCOMPARE(signed_decimal(-.5), std::string("-.500"));
  }
  void durations_are_minutes_and_seconds() {
    QCOMPARE(duration(83), std::string("1:23"));
    QCOMPARE(duration(7389), std::string("2:03:09"));
    QCOMPARE(duration(-5), std::string("0:00"));
    QCOMPARE(duration(std::numeric_limits<double>::infinity()), std::string("–"));
  }
};

QTEST_APPLESS_MAIN(TestTerminal)
#include "tst_terminal.moc"
