#include <unistd.h>

#include <QTest>
#include <fstream>
#include <vector>

#include "base/machine.h"

using namespace treegrpo;

namespace {

constexpr std::size_t block = 100'000'000;  // bytes

std::size_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::size_t size = 0, resident = 0;
  file >> size >> resident;
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace

class TestMachine : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void threads_asked_for_are_given() { QCOMPARE(thread_count(40), 40); }
  void no_number_of_threads_means_the_cores_up_to_16() {
    QVERIFY(thread_count(0) >= 1);
    QVERIFY(thread_count(0) <= 16);
  }
  void freed_memory_stays_until_it_is_given_back() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("sanitizers have an allocator of their own");
#endif
    keep_freed_memory();
    const std::size_t before = resident_bytes();
    {
      std::vector<char> used(block, 1);
      volatile char last = used.back();  // or the compiler leaves it all out
      QCOMPARE(last, 1);
    }
    QVERIFY(resident_bytes() > before + block / 2);
    give_back_memory();
    QVERIFY(resident_bytes() < before + block / 2);
  }
  void the_processor_has_a_name() { QVERIFY(!processor_name().empty()); }
};

QTEST_GUILESS_MAIN(TestMachine)
#include "tst_machine.moc"
