#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <random>

#include "session.h"
#include "support/fake_engine.h"
#include "ui/fake_runs.h"

using namespace treegrpo;
using treegrpo::test::FakeEngine;
using treegrpo::test::FakeEngineOptions;
using treegrpo::test::patience;
using treegrpo::test::smallConfig;

namespace {

Workbench::LoadEngine fake(FakeEngineOptions options = {}) {
  return [options] { return std::make_shared<FakeEngine>(options); };
}

}  // namespace

class TestSession : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_run_is_told_from_its_start_to_its_end() {
    Session session(newStore(), fake());
    QStringList told;
    connect(&session, &Session::runStarted, this, [&] { told << "started"; });
    connect(&session, &Session::iterationFinished, this,
            [&](RunId, const IterationFinished& finished) {
              told << QString::number(finished.record->iteration);
            });
    connect(&session, &Session::runFinished, this, [&] { told << "finished"; });
    session.train(smallConfig(3));
    QVERIFY(session.state() == RunState::preparing);
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == RunState::idle, patience);
    QCOMPARE(told, (QStringList{"started", "0", "1", "2", "finished"}));
    QCOMPARE(session.run().value, std::int64_t{1});
  }

  void a_watched_tree_arrives_while_it_grows_and_when_it_has_credit() {
    Session session(newStore(), fake());
    int grown = 0, credited = 0;
    connect(&session, &Session::treeGrown, this,
            [&](RunId, const TreeGrown& tree) { grown += tree.prompt == PromptId{1} ? 1 : 100; });
    connect(&session, &Session::treeCredited, this,
            [&](RunId, const TreeCredited& tree) { credited += tree.trees->prompt.value; });
    session.watch(PromptId{1});
    session.train(smallConfig(2));
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == RunState::idle, patience);
    QVERIFY(grown >= 1 && grown < 100);
    QCOMPARE(credited, 2);
  }

  void a_run_is_paused_stepped_and_goes_on() {
    Session session(newStore(), fake({.level_time = std::chrono::milliseconds(2)}));
    std::vector<std::int32_t> paused_in;
    connect(&session, &Session::runPaused, this,
            [&](RunId, std::int32_t iteration) { paused_in.push_back(iteration); });
    session.train(smallConfig(4));
    session.pause();
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == RunState::paused, patience);
    session.step(SafePoint::iteration);
    QVERIFY(session.state() == RunState::stepping);
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == RunState::paused, patience);
    session.step(SafePoint::iteration);
    QTRY_VERIFY_WITH_TIMEOUT(paused_in.size() == 3, patience);
    QCOMPARE(paused_in, (std::vector<std::int32_t>{0, 1, 2}));
    session.resume();
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == RunState::idle, patience);
  }

  void any_order_of_clicks_ends_well() {
    for (unsigned seed = 0; seed < 6; ++seed) {
      Session session(newStore(),
                      fake({.level_time = std::chrono::microseconds(300), .work_parts = 3}));
      int asked = 0, answered = 0, dropped = 0;
      connect(&session, &Session::failed, this, [&] { ++dropped; });
      std::mt19937 random(seed);
      int runs = 0, ends = 0;
      connect(&session, &Session::runStarted, this, [&] { ++runs; });
      connect(&session, &Session::runFinished, this, [&] { ++ends; });
      for (int click = 0; click < 60; ++click) {
        switch (random() % 7) {
          case 0:
            session.train(smallConfig(5));
            break;
          case 1:
            session.pause();
            break;
          case 2:
            session.resume();
            break;
          case 3:
            session.step(static_cast<SafePoint>(random() % 5));
            break;
          case 4:
            session.watch(PromptId{static_cast<std::int32_t>(random() % 3)});
            break;
          case 5:
            asked += session.compute<int>(bundled(), draw(), this, [&](int) { ++answered; });
            break;
          default:
            if (random() % 4 == 0) session.stop();
        }
        QTest::qWait(static_cast<int>(random() % 15));
      }
      session.stop();
      QTRY_VERIFY_WITH_TIMEOUT(session.state() == RunState::idle, patience);
      QTRY_VERIFY_WITH_TIMEOUT(!session.computing(), patience);
      QCOMPARE(ends, runs);
      QCOMPARE(answered + dropped, asked);
      QVERIFY(answered > 0);
      for (const RunSummary& run : Workbench(session.store(), {}).runs())
        QVERIFY(run.status == RunStatus::finished || run.status == RunStatus::stopped);
    }
  }

  void what_a_listener_starts_when_a_run_ends_is_told_too() {
    Session session(newStore(), fake());
    int finished = 0;
    connect(&session, &Session::runFinished, this, [&] {
      if (++finished == 1) session.train(smallConfig(2));
    });
    session.train(smallConfig(1));
    QTRY_COMPARE_WITH_TIMEOUT(finished, 2, patience);
    QCOMPARE(session.run().value, std::int64_t{2});
  }

  void a_run_that_cannot_start_is_told_and_leaves_the_session_idle() {
    Session session(newStore(), fake({.refuses = true}));
    QString sentence;
    connect(&session, &Session::failed, this, [&](const QString& said) { sentence = said; });
    session.train(smallConfig(1));
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == RunState::idle, patience);
    QVERIFY2(sentence.contains("the model is missing"), qPrintable(sentence));
    session.train(smallConfig(1));
    QVERIFY(session.state() == RunState::preparing);
  }

  void a_run_that_fails_on_its_way_is_told() {
    Session session(newStore(), fake({.throws_in_iteration = 1}));
    QString sentence;
    connect(&session, &Session::failed, this, [&](const QString& said) { sentence = said; });
    session.train(smallConfig(3));
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == RunState::idle, patience);
    QVERIFY2(sentence.contains("gave no number"), qPrintable(sentence));
  }

  void the_store_answers_in_order_and_never_to_who_is_gone() {
    Session session(newStore(), fake());
    session.train(smallConfig(2));
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == RunState::idle, patience);
    QStringList answers;
    auto gone = std::make_unique<QObject>();
    session.ask<int>([](Workbench&) { return 0; }, gone.get(), [&](int) { answers << "gone"; });
    session.ask<std::vector<RunSummary>>(
        [](Workbench& workbench) { return workbench.runs(); }, this,
        [&](const std::vector<RunSummary>& runs) { answers << QString::number(runs.size()); });
    session.ask<TreeRecord>(
        [](Workbench& workbench) { return workbench.tree(RunId{1}, 1, PromptId{0}); }, this,
        [&](const TreeRecord& tree) { answers << QString::fromStdString(tree.text); });
    gone.reset();
    QTRY_COMPARE_WITH_TIMEOUT(answers, (QStringList{"1", "prompt 0"}), patience);
  }

  void a_question_that_fails_is_told() {
    Session session(newStore(), fake());
    QString sentence;
    connect(&session, &Session::failed, this, [&](const QString& said) { sentence = said; });
    bool answered = false;
    session.ask<TreeRecord>(
        [](Workbench& workbench) { return workbench.tree(RunId{7}, 0, PromptId{0}); }, this,
        [&](const TreeRecord&) { answered = true; });
    QTRY_VERIFY_WITH_TIMEOUT(!sentence.isEmpty(), patience);
    QVERIFY(!answered);
  }

  void events_that_nobody_took_in_time_are_told_as_lost() {
    Session session(newStore(), fake());
    bool lost = false;
    connect(&session, &Session::eventsLost, this, [&] { lost = true; });
    session.train(smallConfig(400));
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    Workbench reader(session.store(), {});
    while (std::chrono::steady_clock::now() < end) {  // the window does nothing meanwhile
      QTest::qSleep(50);
      if (std::filesystem::exists(session.store()) && !reader.runs().empty() &&
          reader.runs().front().iterations > 300)
        break;
    }
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == RunState::idle, patience);
    QVERIFY(lost);
  }

  // What drawing one image answered: whose weights, or nothing yet.
  static std::function<int(ModelWork&, const Proceed&)> draw() {
    return [](ModelWork& model, const Proceed& proceed) {
      model.sample({.prompts = {"a circle"}}, proceed);
      return model.origin().iterations;
    };
  }
  static Session::OpenModel bundled() {
    return [](Workbench& workbench) { return workbench.stored_model({}, RunConfig{}); };
  }

  void a_paused_run_lets_its_weights_work_at_once_and_stays_paused() {
    Session session(newStore(), fake({.level_time = std::chrono::milliseconds(1)}));
    session.train(smallConfig(400));
    QSignalSpy finished(&session, &Session::iterationFinished);
    QTRY_VERIFY_WITH_TIMEOUT(finished.count() >= 2, patience);
    session.pause();
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == RunState::paused, patience);
    const int done = static_cast<int>(finished.count());
    std::vector<int> whose;
    for (int i = 0; i < 3; ++i) {
      QVERIFY(session.compute<int>(bundled(), draw(), this, [&](int n) { whose.push_back(n); }));
      QVERIFY(!session.compute<int>(bundled(), draw(), this, [&](int) { whose.push_back(-1); }));
      QTRY_VERIFY_WITH_TIMEOUT(!session.computing(), patience);
    }
    QTRY_COMPARE_WITH_TIMEOUT(whose, std::vector<int>(3, done), patience);
    QVERIFY(session.state() == RunState::paused);
    QCOMPARE(static_cast<int>(finished.count()), done);
  }

  void work_with_files_is_done_beside_the_window_and_not_beside_a_run() {
    Session session(newStore(), fake({.level_time = std::chrono::milliseconds(1)}));
    QThread* where = nullptr;
    const auto work = [&](Workbench& workbench, const Proceed& proceed) {
      where = QThread::currentThread();
      return workbench.store() == session.store() && proceed() ? 7 : 0;
    };
    int answer = 0;
    QVERIFY(session.computeWithFiles<int>(
        work, this, [&](int n) { answer = n; }, "Files"));
    QCOMPARE(session.work(), QString("Files"));
    QVERIFY(!session.computeWithFiles<int>(
        work, this, [&](int) { answer = -1; }, "Again"));
    QTRY_COMPARE_WITH_TIMEOUT(answer, 7, patience);
    QVERIFY(where && where != QThread::currentThread());
    session.train(smallConfig(400));
    QVERIFY(!session.computeWithFiles<int>(
        work, this, [&](int) { answer = -1; }, "Beside"));
    QCOMPARE(answer, 7);
  }

  void a_run_in_progress_lets_its_weights_work_and_trains_on() {
    Session session(newStore(), fake({.level_time = std::chrono::milliseconds(1)}));
    session.train(smallConfig(30));
    int whose = -1;
    QVERIFY(session.compute<int>(bundled(), draw(), this, [&](int n) { whose = n; }));
    QTRY_VERIFY_WITH_TIMEOUT(whose >= 0, patience);
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == RunState::idle, patience);
    QCOMPARE(Workbench(session.store(), {}).runs().front().iterations, 30);
    QVERIFY(session.compute<int>(bundled(), draw(), this, [&](int) { whose = -2; }));
    QTRY_COMPARE_WITH_TIMEOUT(whose, -2, patience);
  }

  void work_is_cancelled_without_a_word_and_a_stop_that_ends_it_is_told() {
    Session session(newStore(),
                    fake({.level_time = std::chrono::milliseconds(1), .work_parts = 20000}));
    QStringList failures;
    connect(&session, &Session::failed, this, [&](const QString& said) { failures << said; });
    session.train(smallConfig(400));
    const auto never = [](int) { QFAIL("work that was ended has no answer"); };
    QVERIFY(session.compute<int>(bundled(), draw(), this, never));
    QTest::qWait(30);
    session.cancelComputing();
    QTRY_VERIFY_WITH_TIMEOUT(!session.computing(), patience);
    QVERIFY(failures.isEmpty());
    QVERIFY(session.compute<int>(bundled(), draw(), this, never));
    QTest::qWait(30);
    session.stop();
    QTRY_VERIFY_WITH_TIMEOUT(!session.computing() && session.state() == RunState::idle, patience);
    QCOMPARE(failures.size(), 1);
  }

  void a_session_that_ends_while_it_trains_leaves_a_stopped_run() {
    const auto store = newStore();
    {
      Session session(store, fake({.level_time = std::chrono::milliseconds(1)}));
      session.train(smallConfig(1000));
      QTRY_VERIFY_WITH_TIMEOUT(session.state() == RunState::running, patience);
    }
    QVERIFY(Workbench(store, {}).runs().front().status == RunStatus::stopped);
  }

 private:
  std::filesystem::path newStore() {
    return std::filesystem::path(folder_.path().toStdString()) /
           (std::to_string(++stores_) + ".tgws");
  }

  QTemporaryDir folder_;
  int stores_ = 0;
};

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
