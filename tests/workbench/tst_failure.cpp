#include <QTest>
#include <new>

#include "workbench/failure.h"

using namespace treegrpo;

template <class Thrown>
Error failure_of(const Thrown& thrown) {
  try {
    throw thrown;
  } catch (...) {
    return current_failure();
  }
}

class TestFailure : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void an_error_stays_what_it_is() {
    const Error failure = failure_of(configuration_error("no such key"));
    QCOMPARE(failure.what(), "no such key");
    QCOMPARE(failure.kind(), ErrorKind::configuration);
  }
  void running_out_of_memory_is_of_its_own_kind() {
    QCOMPARE(failure_of(std::bad_alloc()).kind(), ErrorKind::memory);
    QCOMPARE(failure_of(std::runtime_error("CUDA out of memory. Tried …")).kind(),
             ErrorKind::memory);
  }
  void a_long_message_of_a_library_is_cut_to_its_first_line() {
    QCOMPARE(failure_of(std::runtime_error("bad shape\nat frame 1")).what(), "bad shape");
  }
  void what_is_no_exception_still_makes_a_sentence() {
    QVERIFY(std::string(failure_of(42).what()).size() > 10);
  }
};

QTEST_APPLESS_MAIN(TestFailure)
#include "tst_failure.moc"
