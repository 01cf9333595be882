#include <QTest>

#include "workbench/provenance.h"

using namespace treegrpo;

class TestProvenance : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_run_that_goes_on_elsewhere_is_told_apart() {
    const RunProvenance there{.version = "0.1.0",
                              .commit = "abc",
                              .host = "one",
                              .cpu = "EPYC",
                              .device = "cpu",
                              .torch = "2.14.0",
                              .threads = 2,
                              .wait_policy = "passive"};
    RunProvenance here = there;
    here.host = "another";  // a host is a name: the same processor computes the same
    QCOMPARE(told_apart(there, here), std::string());
    here.torch = "2.15.0";
    const QString sentence = QString::fromStdString(told_apart(there, here));
    QVERIFY(sentence.contains("LibTorch 2.14.0 on EPYC") && sentence.contains("LibTorch 2.15.0"));
    for (std::string* field : {&here.version, &here.commit, &here.cpu}) {
      here = there;
      *field = "other";
      QVERIFY(QString::fromStdString(told_apart(there, here)).contains("other"));
    }
  }
};

QTEST_APPLESS_MAIN(TestProvenance)
#include "tst_provenance.moc"
