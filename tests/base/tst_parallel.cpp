#include <QTest>
#include <atomic>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "base/error.h"
#include "base/parallel.h"

using namespace treegrpo;

class TestParallel : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void every_part_is_done_once() {
    for (const std::size_t count : {0, 1, 7, 1000}) {
      std::vector<std::atomic<int>> done(count);
      in_parallel(count, 0, [&](std::size_t part) { ++done[part]; });
      for (const std::atomic<int>& times : done) QCOMPARE(times.load(), 1);
    }
  }

  void no_more_threads_than_asked_take_part() {
    for (const int threads : {1, 3}) {
      std::mutex mutex;
      std::set<std::thread::id> seen;
      in_parallel(200, threads, [&](std::size_t) {
        const std::lock_guard lock(mutex);
        seen.insert(std::this_thread::get_id());
      });
      QVERIFY(std::ssize(seen) >= 1 && std::ssize(seen) <= threads);
    }
  }

  void what_a_part_throws_arrives_and_the_others_are_done() {
    std::atomic<int> done = 0;
    const auto fails_once = [&](std::size_t part) {
      if (part == 3) throw Error("part 3");
      ++done;
    };
    QVERIFY_THROWS_EXCEPTION(Error, in_parallel(50, 0, fails_once));
    QCOMPARE(done.load(), 49);
  }
};

QTEST_APPLESS_MAIN(TestParallel)
#include "tst_parallel.moc"
