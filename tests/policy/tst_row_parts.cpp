#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>

#include <QTest>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>

#include "policy/row_parts.h"

using namespace treegrpo;

namespace {

using Part = std::pair<std::int64_t, std::int64_t>;  // first row, rows

// The parts that a batch is split into, and what each call saw of its thread.
struct Calls {
  std::mutex mutex;
  std::set<Part> parts;
  bool any_grad = false;
  bool any_alone = false;     // in its own thread, whose operations start no others
  bool any_with_all = false;  // with all threads for each operation

  at::Tensor operator()(std::int64_t first, std::int64_t count) {
    const std::lock_guard lock(mutex);
    parts.insert({first, count});
    any_grad = any_grad || c10::GradMode::is_enabled();
    (at::in_parallel_region() ? any_alone : any_with_all) = true;
    return at::arange(first, first + count).unsqueeze(1);
  }
};

at::Tensor spread(std::int64_t rows, Calls& calls) {
  return by_row_parts(rows,
                      [&](std::int64_t first, std::int64_t count) { return calls(first, count); });
}

}  // namespace

class TestRowParts : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { at::set_num_threads(3); }

  void the_parts_cover_the_batch_and_are_joined_in_order() {
    for (const std::int64_t rows : {12, 13, 14, 216}) {
      Calls calls;
      QVERIFY(at::equal(spread(rows, calls), at::arange(rows).unsqueeze(1)));
      QCOMPARE(calls.parts.size(), std::size_t{3});
    }
  }

  void each_part_computes_in_its_own_thread_alone() {
    Calls calls;
    spread(30, calls);
    QVERIFY(calls.any_alone && !calls.any_with_all);
  }

  void a_small_batch_stays_whole() {
    Calls calls;
    spread(7, calls);
    QCOMPARE(calls.parts, (std::set<Part>{{0, 7}}));
    QVERIFY(calls.any_with_all && !calls.any_alone);
  }

  void one_thread_takes_the_batch_whole() {
    at::set_num_threads(1);
    Calls calls;
    spread(30, calls);
    QCOMPARE(calls.parts, (std::set<Part>{{0, 30}}));
  }

  void no_part_records_a_gradient() {
    const c10::AutoGradMode with_grad(true);
    for (const std::int64_t rows : {2, 30}) {
      Calls calls;
      spread(rows, calls);
      QVERIFY(!calls.any_grad);
    }
  }

  void what_a_part_throws_arrives() {
    const auto throws = [](std::int64_t first, std::int64_t) -> at::Tensor {
      if (first > 0) throw std::runtime_error("from a part");
      return at::zeros({1, 1});
    };
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, by_row_parts(30, throws));
  }
};

QTEST_GUILESS_MAIN(TestRowParts)
#include "tst_row_parts.moc"
