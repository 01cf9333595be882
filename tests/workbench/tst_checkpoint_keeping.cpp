#include <QTest>

#include "workbench/checkpoint_keeping.h"

using namespace treegrpo;

class TestCheckpointKeeping : public QObject {
  Q_OBJECT

  using Checkpoints = std::vector<ScoredCheckpoint>;
  using Removed = std::vector<std::int32_t>;

 private Q_SLOTS:
  void as_many_as_are_kept_stay() {
    QCOMPARE(checkpoints_to_remove(Checkpoints{{10, .1}, {20, .2}}, 2), Removed{});
  }
  void the_oldest_goes() {
    QCOMPARE(checkpoints_to_remove(Checkpoints{{10, .1}, {20, .2}, {30, .3}}, 2), Removed{10});
  }
  void the_best_stays_beside_the_last_ones() {
    QCOMPARE(checkpoints_to_remove(Checkpoints{{10, .1}, {20, .9}, {30, .3}, {40, .4}}, 1),
             (Removed{10, 30}));
  }
  void the_earlier_of_equals_is_the_best() {
    QCOMPARE(checkpoints_to_remove(Checkpoints{{10, .9}, {20, .9}, {30, .3}}, 1), Removed{20});
  }
  void unmeasured_ones_are_never_the_best() {
    QCOMPARE(checkpoints_to_remove(Checkpoints{{10, no_value}, {20, no_value}}, 1), Removed{10});
  }
  void the_last_one_always_stays() {
    QCOMPARE(checkpoints_to_remove(Checkpoints{{10, .1}}, 0), Removed{});
  }
};

QTEST_APPLESS_MAIN(TestCheckpointKeeping)
#include "tst_checkpoint_keeping.moc"
