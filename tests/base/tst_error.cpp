#include <QtTest>

#include "base/error.h"

using treegrpo::Error;
using treegrpo::ErrorKind;

class TestError : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void context_is_added_in_front_and_the_kind_is_kept() {
    const Error error("unknown key 'lr'", ErrorKind::configuration);
    const Error outer = error.within("while reading tiny.toml");
    QCOMPARE(QString(outer.what()), QString("while reading tiny.toml: unknown key 'lr'"));
    QVERIFY(outer.kind() == ErrorKind::configuration);
  }

  void an_error_is_a_failure_unless_it_says_otherwise() {
    QVERIFY(Error("x").kind() == ErrorKind::failure);
    const Error there("x", ErrorKind::not_finite, {.iteration = 3, .prompt = 1});
    QCOMPARE(there.within("while training").place(), there.place());
  }
};

QTEST_GUILESS_MAIN(TestError)
#include "tst_error.moc"
