#include <QTest>

#include "base/error.h"
#include "record/config_changes.h"

using namespace treegrpo;

class TestConfigChanges : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_change_holds_from_its_iteration_on() {
    const std::vector<ParameterChanged> changes = {{3, "optimizer.learning_rate", "1e-5", "0.001"},
                                                   {5, "optimizer.learning_rate", "", "0.1"}};
    const RunConfig made;
    QVERIFY(config_of_iteration(made, changes, -1) == made);
    QVERIFY(config_of_iteration(made, changes, 2) == made);
    QCOMPARE(config_of_iteration(made, changes, 3).optimizer.learning_rate, .001);
    QCOMPARE(config_of_iteration(made, changes, 4).optimizer.learning_rate, .001);
    QCOMPARE(config_of_iteration(made, changes, 5).optimizer.learning_rate, .1);
  }

  void a_change_is_known_by_iteration_key_and_value() {
    const std::vector<ParameterChanged> changes = {{3, "method.window", "3", "2", "ada@lab"}};
    QVERIFY(is_among(changes, {3, "method.window", "4", "2", "bob@lab"}));
    QVERIFY(!is_among(changes, {4, "method.window", "3", "2", "ada@lab"}));
    QVERIFY(!is_among(changes, {3, "method.branch", "3", "2", "ada@lab"}));
    QVERIFY(!is_among(changes, {3, "method.window", "3", "4", "ada@lab"}));
  }

  void a_change_of_no_key_is_refused() {
    const std::vector<ParameterChanged> changes = {{0, "optimizer.rate", "", "1"}};
    QVERIFY_THROWS_EXCEPTION(Error, config_of_iteration({}, changes, 0));
  }
};

QTEST_APPLESS_MAIN(TestConfigChanges)
#include "tst_config_changes.moc"
