// Which run the window keeps while one trains.
#include <QTemporaryDir>
#include <QTest>

#include "history.h"
#include "support/fake_engine.h"
#include "ui/fake_runs.h"

using namespace treegrpo;
using treegrpo::test::FakeEngine;
using treegrpo::test::patience;
using treegrpo::test::smallConfig;

class TestHistory : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_run_that_starts_is_kept_and_kept_up_with() {
    Session session(store("kept"), [] { return std::make_shared<FakeEngine>(); });
    History history(session);
    session.train(smallConfig(3, "one"));
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == RunState::idle, patience);
    QTRY_COMPARE(history.iterations().size(), std::size_t{3});
    QCOMPARE(history.run().value, std::int64_t{1});
  }

  void changed_options_are_read_and_heard() {
    Session session(store("changed"), [] { return std::make_shared<FakeEngine>(); });
    History history(session);
    session.train(smallConfig(2, "one"));
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == RunState::idle, patience);
    QTRY_COMPARE(history.iterations().size(), std::size_t{2});
    int heard = 0;
    connect(&history, &History::changeAdded, this, [&] { ++heard; });
    session.resumeRun({.run = {1}, .checkpoint = 1, .sets = {"sampler.micro_batch=8"}});
    QVERIFY(session.state() != RunState::idle);
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == RunState::idle, patience);
    QCOMPARE(heard, 0);  // a finished run has nothing left to do

    session.resumeRun(
        {.run = {1}, .iterations = 3, .checkpoint = 1, .sets = {"sampler.micro_batch=8"}});
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == RunState::idle, patience);
    QCOMPARE(heard, 1);
    History other(session);
    other.load({1});
    QTRY_COMPARE(other.changes().size(), std::size_t{1});
    QCOMPARE(other.changes()[0].iteration, 1);
    QCOMPARE(other.changes()[0].new_value, std::string("8"));
    other.reload();
    QTRY_COMPARE(other.changes().size(), std::size_t{1});
  }

  void a_held_run_stays_while_another_trains() {
    Session session(store("held"), [] { return std::make_shared<FakeEngine>(); });
    History history(session);
    session.train(smallConfig(1, "one"));
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == RunState::idle, patience);
    int later = 0;
    connect(&session, &Session::iterationFinished, this,
            [&](RunId run, const IterationFinished& finished) {
              if (run.value == 2 && finished.record->iteration == 0) {
                history.setHeld(true);
                history.load({1});
              } else if (run.value == 2) {
                ++later;
                QCOMPARE(history.run().value, std::int64_t{1});
              }
            });
    session.train(smallConfig(4, "two"));
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == RunState::idle, patience);
    QCOMPARE(later, 3);
    QTRY_COMPARE(history.summary().name, "one");
    QTRY_COMPARE(history.iterations().size(), std::size_t{1});
  }

  void a_run_that_goes_on_is_kept_unless_another_is_held() {
    Session session(store("free"), [] { return std::make_shared<FakeEngine>(); });
    History history(session);
    session.train(smallConfig(1, "one"));
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == RunState::idle, patience);
    connect(&session, &Session::iterationFinished, this,
            [&](RunId run, const IterationFinished& finished) {
              if (run.value == 2 && finished.record->iteration == 0) history.load({1});
            });
    session.train(smallConfig(4, "two"));
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == RunState::idle, patience);
    QTRY_COMPARE(history.summary().name, "two");
  }

 private:
  std::filesystem::path store(const char* name) {
    return std::filesystem::path(folder_.path().toStdString()) / (std::string(name) + ".tgws");
  }

  QTemporaryDir folder_;
};

QTEST_GUILESS_MAIN(TestHistory)
#include "tst_history.moc"
