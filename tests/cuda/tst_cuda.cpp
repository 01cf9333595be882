// The checks of treegrpo-selfcheck as tests: the CPU half everywhere, the rest where there is a
// GPU.
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <memory>
#include <string>

#include "base/error.h"
#include "selfcheck/check.h"

using namespace treegrpo;
using namespace treegrpo::selfcheck;

class TestCuda : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    try {
      machine_ = std::make_unique<Machine>(this_machine());
    } catch (const Error& error) {
      QSKIP(error.what());  // the bundled model is missing
    }
  }

  void check_data() {
    QTest::addColumn<int>("row");
    for (std::size_t row = 0; row < checks().size(); ++row)
      QTest::newRow(checks()[row].name) << static_cast<int>(row);
  }
  void check() {
    QFETCH(int, row);
    const Report report = run_check(checks()[static_cast<std::size_t>(row)], *machine_);
    if (report.outcome == Outcome::skipped) QSKIP(report.reason.c_str());
    QVERIFY2(report.outcome == Outcome::passed, report.reason.c_str());
  }

  // What runs only on a GPU otherwise, with the CPU on both sides: what the checks do is right.
  void training_agrees_with_itself_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"gradients", "optimizer", "iteration", "evaluation"})
      QTest::newRow(name) << name;
  }
  void training_agrees_with_itself() {
    QFETCH(QString, name);
    Machine twice = *machine_;
    twice.gpu = at::Device(at::kCPU);
    const auto check = std::find_if(checks().begin(), checks().end(),
                                    [&](const Check& each) { return name == each.name; });
    QVERIFY(check != checks().end());
    const Report report = run_check(*check, twice);
    QVERIFY2(report.outcome == Outcome::passed, report.reason.c_str());
  }

  void a_limit_is_kept_or_named() {
    Findings findings;
    findings.at_most("kept", 1, 1);
    findings.require("holds", true);
    QVERIFY(findings.report().outcome == Outcome::passed);
    findings.at_most("broken", 2, 1);
    findings.at_most("not a number", std::nan(""), 1);
    const Report report = findings.report();
    QVERIFY(report.outcome == Outcome::failed);
    QVERIFY(report.reason.find("broken is 2") != std::string::npos);
    QVERIFY(report.reason.find("not a number") != std::string::npos);
    QVERIFY(report.reason.find("kept") == std::string::npos);
  }

  void what_is_thrown_is_a_failure_with_its_sentence() {
    const Check broken{"", "", [](const Machine&) -> Report { throw Error("out of luck"); }};
    const Report report = run_check(broken, *machine_);
    QVERIFY(report.outcome == Outcome::failed);
    QCOMPARE(report.reason, std::string("out of luck"));
  }

 private:
  std::unique_ptr<Machine> machine_;
};

QTEST_GUILESS_MAIN(TestCuda)
#include "tst_cuda.moc"
