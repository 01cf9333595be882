// The queue: which jobs there are, what is said of them, and how they are cancelled.
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "jobs.h"
#include "support/fake_engine.h"
#include "ui/fake_runs.h"
#include "ui/own_settings.h"
#include "views/job_list.h"
#include "views/record_table.h"
#include "window/main_window.h"

using namespace treegrpo;
using treegrpo::test::FakeEngine;
using treegrpo::test::patience;
using treegrpo::test::smallConfig;

namespace {

Workbench::LoadEngine fake(test::FakeEngineOptions options = {}) {
  options.level_time = std::chrono::milliseconds(1);
  return [options] { return std::make_shared<FakeEngine>(options); };
}

RunSummary elsewhere(RunStatus status, std::int32_t done) {
  RunSummary run;
  run.run = {7};
  run.name = "far";
  run.status = status;
  run.iterations = done;
  run.iterations_planned = 50;
  run.process = {.host = "lab", .pid = 4711};
  return run;
}

// "1 Train 'far': Running, 3 of 50 iterations".
QString words(const Job& job) {
  return QString("%1 %2: %3, %4")
      .arg(job.id)
      .arg(job.what, job.state, progressText(job, job.began));
}

}  // namespace

class TestQueue : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  int stores_ = 0;

  std::filesystem::path newStore() {
    return folder_.filePath(QString("%1.tgws").arg(++stores_)).toStdString();
  }
  static bool computes(Session& session) {
    return session.compute<int>(
        [](Workbench& store) { return store.stored_model({}, RunConfig{}); },
        [](ModelWork& model, const Proceed& proceed) {
          model.sample({.prompts = {"a circle"}}, proceed);
          return 0;
        },
        &session, [](int) {}, "Sample an image");
  }

 private Q_SLOTS:
  void initTestCase() { test::useOwnSettings(folder_.path()); }

  void a_run_of_this_process_is_listed_from_its_start_to_its_end() {
    Session session(newStore(), fake());
    Jobs jobs(session);
    session.train(smallConfig(3, "mine"));
    QCOMPARE(jobs.all().size(), std::size_t{1});
    QCOMPARE(jobs.all()[0].state, QString("Preparing…"));
    QTRY_VERIFY_WITH_TIMEOUT(!jobs.all()[0].goesOn(), patience);
    jobs.setRuns(Workbench(session.store(), {}).runs());
    QCOMPARE(words(jobs.all()[0]), QString("1 Train 'mine': Finished, 3 iterations"));
  }

  void a_run_is_cancelled_with_a_checkpoint() {
    Session session(newStore(), fake());
    Jobs jobs(session);
    session.train(smallConfig(100000, "mine"));
    QTRY_VERIFY_WITH_TIMEOUT(jobs.all()[0].done > 0, patience);
    jobs.setRuns(Workbench(session.store(), {}).runs());
    QCOMPARE(jobs.all()[0].planned, 100000);
    jobs.cancel(1);
    QCOMPARE(jobs.all()[0].state, QString("Stopping…"));
    QTRY_COMPARE_WITH_TIMEOUT(jobs.all()[0].state, QString("Stopped"), patience);
    jobs.cancel(1);  // it has ended
    QCOMPARE(jobs.all().size(), std::size_t{1});
  }

  void work_is_named_cancelled_and_its_failure_told() {
    Session session(newStore(), fake({.work_parts = 20000}));
    Jobs jobs(session);
    QVERIFY(computes(session));
    QCOMPARE(words(jobs.all()[0]), QString("1 Sample an image: Running, 0 s"));
    jobs.cancel(1);
    QTRY_COMPARE_WITH_TIMEOUT(jobs.all()[0].state, QString("Cancelled"), patience);

    QVERIFY(session.compute<int>(
        [](Workbench&) -> std::unique_ptr<ModelWork> { throw Error("the model is missing"); },
        [](ModelWork&, const Proceed&) { return 0; }, &session, [](int) {}));
    QTRY_VERIFY_WITH_TIMEOUT(!jobs.all()[1].goesOn(), patience);
    QCOMPARE(words(jobs.all()[1]),
             QString("2 Work of the engine: Failed: the model is missing, 0 s"));
  }

  void a_run_of_another_process_is_listed_while_it_lives() {
    Session session(newStore(), fake());
    Jobs jobs(session);
    jobs.setRuns({elsewhere(RunStatus::finished, 50)});
    QVERIFY(jobs.all().empty());
    jobs.setRuns({elsewhere(RunStatus::running, 3)});
    QCOMPARE(words(jobs.all()[0]),
             QString("1 Train 'far' in process 4711 on lab: Running, 3 of 50 iterations"));
    jobs.setRuns({elsewhere(RunStatus::paused, 4)});
    QCOMPARE(jobs.all()[0].state, QString("Paused"));
    jobs.setRuns({elsewhere(RunStatus::interrupted, 4)});
    QCOMPARE(words(jobs.all()[0]),
             QString("1 Train 'far' in process 4711 on lab: Interrupted, 4 of 50 iterations"));
    QVERIFY(!jobs.all()[0].goesOn());
  }

  void of_jobs_that_have_ended_the_last_ones_stay() {
    Session session(newStore(), fake());
    Jobs jobs(session);
    const int many = static_cast<int>(Jobs::most_ended) + 20;
    for (int i = 0; i < many; ++i) {
      jobs.setRuns({elsewhere(RunStatus::running, i)});
      jobs.setRuns({elsewhere(RunStatus::stopped, i)});
    }
    QCOMPARE(jobs.all().size(), Jobs::most_ended);
    QCOMPARE(jobs.all().back().id, many);
  }

  void the_newest_stands_first_and_the_chosen_one_is_cancelled_by_keys() {
    JobList list;
    list.show();
    QSignalSpy cancelled(&list, &JobList::cancelAsked);
    auto* table = list.findChild<RecordTable*>("jobTable");
    auto* button = list.findChild<QPushButton*>("jobCancel");
    QVERIFY(!button->isEnabled());
    QVERIFY(QTest::qWaitForWindowActive(&list));
    const JobRow run{.id = 1,
                     .what = "Train",
                     .state = "Running",
                     .progress = "1 of 4",
                     .share = .25,
                     .goes_on = true};
    const JobRow sample{.id = 2,
                        .what = "Sample",
                        .state = "Done",
                        .progress = "8 s",
                        .share = -1,
                        .goes_on = false};
    list.setJobs({run});
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Delete);
    QCOMPARE(cancelled.count(), 1);
    list.setJobs({run, sample});
    QCOMPARE(table->model()->index(0, 1).data().toString(), QString("Sample"));
    QCOMPARE(table->model()->index(1, 4).data().toString(), QString("25 %"));
    QCOMPARE(table->chosenRow(), 1);  // it stays the one that was chosen
    QTest::keyClick(table, Qt::Key_Up);
    QVERIFY(!button->isEnabled());  // it has ended
    QTest::keyClick(table, Qt::Key_Delete);
    QCOMPARE(cancelled.count(), 1);
    QTest::keyClick(table, Qt::Key_Down);
    QTest::keyClick(button, Qt::Key_Space);
    QCOMPARE(cancelled.count(), 2);
    list.setObstacle("This workspace is read-only.");
    QVERIFY(!button->isEnabled() && button->toolTip().contains("read-only"));
  }

  void the_dock_lists_what_the_window_does() {
    MainWindow window(newStore(), fake(), Preferences{}, CanvasKind::software);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    window.findChild<QAction*>("view.queue")->trigger();
    window.session().train(smallConfig(100000, "mine"));
    auto* table = window.findChild<RecordTable*>("jobTable");
    QTRY_VERIFY_WITH_TIMEOUT(
        table->model()->index(0, 3).data().toString().contains("of 100000 iterations"), patience);
    QCOMPARE(table->model()->index(0, 1).data().toString(), QString("Train 'mine'"));
    QTest::keyClick(table, Qt::Key_Delete);
    QTRY_COMPARE_WITH_TIMEOUT(window.session().state(), RunState::idle, patience);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->index(0, 2).data().toString(), QString("Stopped"),
                              patience);
  }
};

QTEST_MAIN(TestQueue)
#include "tst_queue.moc"
