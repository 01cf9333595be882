// Two sessions on one store: one trains, the other follows and steers.
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "ui/followed_runs.h"

using namespace treegrpo;
using treegrpo::test::FakeEngine;
using treegrpo::test::patience;
using treegrpo::test::reaches;
using treegrpo::test::smallConfig;

namespace {

Workbench::LoadEngine slow() { return test::slowEngine(std::chrono::milliseconds(1)); }

}  // namespace

class TestFollowing : public QObject {
  Q_OBJECT

  test::NewStores stores_;

  std::filesystem::path newStore() { return stores_.next().toStdString(); }

  // One that trains, for as long as the test takes.
  static bool begins(Session& trainer) {
    trainer.train(smallConfig(100000));
    return QTest::qWaitFor([&] { return trainer.state() == RunState::running; }, patience);
  }

 private Q_SLOTS:
  void a_run_is_followed_and_both_sides_know_of_every_pause() {
    Session trainer(newStore(), slow()), follower(trainer.store(), slow());
    QVERIFY(begins(trainer));
    QSignalSpy finished(&follower, &Session::iterationFinished);
    QSignalSpy resumed(&follower, &Session::runResumed);
    follower.follow({1});
    QVERIFY(follower.follows() && !follower.trainsHere() && trainer.trainsHere());
    QTRY_VERIFY_WITH_TIMEOUT(finished.count() >= 2, patience);
    QVERIFY(reaches(follower, RunState::running));
    QCOMPARE(resumed.count(), 0);  // it was going on all the time
    QVERIFY(follower.followed()->process->own);

    follower.pause();
    QVERIFY(follower.state() == RunState::pausing);
    QVERIFY(reaches(follower, RunState::paused) && reaches(trainer, RunState::paused));
    follower.step(SafePoint::iteration);
    QVERIFY(follower.state() == RunState::stepping);
    QVERIFY(reaches(follower, RunState::paused));
    trainer.resume();
    QVERIFY(reaches(follower, RunState::running));
    trainer.pause();
    QVERIFY(reaches(follower, RunState::paused));
    follower.resume();
    QVERIFY(reaches(trainer, RunState::running));

    QSignalSpy ended(&follower, &Session::runFinished);
    follower.stop();
    QVERIFY(reaches(follower, RunState::idle) && reaches(trainer, RunState::idle));
    QCOMPARE(ended.count(), 1);
    QVERIFY(!follower.follows());
    QVERIFY(Workbench(trainer.store(), {}).runs().front().status == RunStatus::stopped);
  }

  void who_did_not_ask_for_a_change_is_told() {
    Session trainer(newStore(), slow()), follower(trainer.store(), slow());
    QVERIFY(begins(trainer));
    follower.follow({1});
    QVERIFY(reaches(follower, RunState::running));
    QSignalSpy here(&trainer, &Session::parameterChanged);
    QSignalSpy there(&follower, &Session::parameterChanged);
    QSignalSpy told_here(&trainer, &Session::changedElsewhere);
    QSignalSpy told_there(&follower, &Session::changedElsewhere);

    follower.edit({"method.window=2"});
    QTRY_COMPARE_WITH_TIMEOUT(there.count(), 1, patience);
    QTRY_COMPARE_WITH_TIMEOUT(told_here.count(), 1, patience);
    QCOMPARE(told_there.count(), 0);
    QCOMPARE(follower.pendingEdits(), 0);
    trainer.edit({"method.branch=2"});
    QTRY_COMPARE_WITH_TIMEOUT(told_there.count(), 1, patience);
    QCOMPARE(told_here.count(), 1);
    QCOMPARE(here.count(), 2);
  }

  void who_only_follows_leaves_the_run_alone() {
    Session trainer(newStore(), slow());
    QVERIFY(begins(trainer));
    {
      Session follower(trainer.store(), slow());
      follower.follow({1});
      QVERIFY(reaches(follower, RunState::running));
      follower.train(smallConfig(2));  // leaves the one it followed
      QVERIFY(follower.trainsHere());
      QVERIFY(reaches(follower, RunState::idle));
      follower.follow({1});
      QVERIFY(reaches(follower, RunState::running));
    }
    QVERIFY(trainer.state() == RunState::running);
    QCOMPARE(Workbench(trainer.store(), {}).runs().size(), std::size_t{2});
  }

  void its_stored_weights_work_while_it_trains_elsewhere() {
    Session trainer(newStore(), slow()), follower(trainer.store(), slow());
    QVERIFY(begins(trainer));
    follower.follow({1});
    QVERIFY(reaches(follower, RunState::running));
    bool answered = false;
    QVERIFY(follower.compute<int>(
        [](Workbench& store) { return store.stored_model({}, RunConfig{}); },
        [](ModelWork& model, const Proceed&) { return model.origin().iterations; }, this,
        [&](int) { answered = true; }));
    QTRY_VERIFY_WITH_TIMEOUT(answered, patience);
    QVERIFY(trainer.state() == RunState::running);
  }

  void what_others_store_is_told() {
    Session idle(newStore(), slow());
    QSignalSpy changed(&idle, &Session::storeChanged);
    QTest::qWait(1500);
    QCOMPARE(changed.count(), 0);
    Session trainer(idle.store(), slow());
    trainer.train(smallConfig(2));
    QVERIFY(reaches(trainer, RunState::idle));
    QTRY_VERIFY_WITH_TIMEOUT(changed.count() >= 1, patience);
  }
};

QTEST_GUILESS_MAIN(TestFollowing)
#include "tst_following.moc"
