// The window beside a process that trains on the same store. That process is this test once more,
// started with --train.
#include <signal.h>

#include <QApplication>
#include <QLabel>
#include <QProcess>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include "ui/followed_runs.h"
#include "ui/own_settings.h"
#include "views/message_strip.h"
#include "views/schedule_editor.h"
#include "window/follow_commands.h"
#include "window/main_window.h"

using namespace treegrpo;
using treegrpo::test::FakeEngine;
using treegrpo::test::patience;
using treegrpo::test::smallConfig;

namespace {

Workbench::LoadEngine slow() { return test::slowEngine(std::chrono::milliseconds(2)); }

int train(const char* store) {
  RunControl control;
  Workbench(store, slow()).train(smallConfig(100000), control, [](RunId, const Event&) {});
  return 0;
}

}  // namespace

class TestFollowWindow : public QObject {
  Q_OBJECT

  test::NewStores stores_;

  // The other process, once its run has an iteration.
  struct Other {
    QProcess process;

    explicit Other(const QString& store) {
      process.start(QCoreApplication::applicationFilePath(), {"--train", store});
      const auto trains = [&] {
        try {
          const auto runs = RunReader(store.toStdString()).runs();
          return !runs.empty() && is_at_work(runs.back().status) && runs.back().iterations > 0;
        } catch (const Error&) {
          return false;  // not there yet
        }
      };
      if (!QTest::qWaitFor(trains, patience)) qFatal("the other process does not train");
    }
    ~Other() {
      process.kill();
      process.waitForFinished();
    }
  };

  static std::unique_ptr<MainWindow> open(const QString& store) {
    auto window = std::make_unique<MainWindow>(store.toStdString(), slow(), Preferences{},
                                               CanvasKind::software);
    window->show();
    window->openStore(false);
    return window;
  }
  static bool reaches(MainWindow& window, RunState state) {
    return test::reaches(window.session(), state);
  }
  static QString state(MainWindow& window) {
    return window.findChild<QLabel*>("status_state")->accessibleName();
  }
  static MessageStrip& strip(MainWindow& window) { return *window.findChild<MessageStrip*>(); }

 private Q_SLOTS:
  void initTestCase() { test::useOwnSettings(stores_.path()); }

  void a_run_of_another_process_is_followed_changed_held_and_stopped() {
    const QString store = stores_.next();
    Other other(store);
    const auto window = open(store);
    QVERIFY(reaches(*window, RunState::running));
    QVERIFY(window->session().follows());
    const QString process = QString("(pid %1, ").arg(other.process.processId());
    QTRY_VERIFY_WITH_TIMEOUT(state(*window).contains("training in another process " + process),
                             patience);
    QVERIFY(state(*window).contains("heartbeat"));
    QTRY_VERIFY_WITH_TIMEOUT(window->focus().tree() && window->focus().following(), patience);
    const std::int32_t iteration = window->focus().place().iteration;
    QTRY_VERIFY_WITH_TIMEOUT(window->focus().place().iteration > iteration, patience);

    window->findChild<QAction*>("run.pause")->trigger();
    QVERIFY(reaches(*window, RunState::paused));
    QVERIFY(state(*window).contains("Followed: paused in another process"));
    window->findChild<QAction*>("run.schedule")->trigger();
    auto* editor = window->findChild<ScheduleEditor*>();
    Q_EMIT editor->applyAsked({"method.window=2"});
    QCOMPARE(window->session().pendingEdits(), 1);
    window->findChild<QAction*>("run.toggle")->trigger();
    QVERIFY(reaches(*window, RunState::running));
    QTRY_COMPARE_WITH_TIMEOUT(editor->draft().method.window, 2, patience);
    QVERIFY(!strip(*window).sentence().contains("Changed in another"));

    window->findChild<QAction*>("run.stop")->trigger();
    QVERIFY(reaches(*window, RunState::idle));
    QTRY_COMPARE_WITH_TIMEOUT(other.process.state(), QProcess::NotRunning, patience);
    QCOMPARE(other.process.exitCode(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(window->findChild<QAction*>("run.resume")->isEnabled(), patience);
    QVERIFY(state(*window).contains("Idle"));
  }

  void a_run_whose_process_is_gone_is_offered_and_resumed_here() {
    const QString store = stores_.next();
    auto other = std::make_unique<Other>(store);
    const auto window = open(store);
    QVERIFY(reaches(*window, RunState::running));
    other->process.kill();
    QTRY_VERIFY_WITH_TIMEOUT(strip(*window).sentence().contains("is gone"), patience);
    QVERIFY(reaches(*window, RunState::idle));
    auto* resume = strip(*window).findChild<QPushButton*>("message_strip_resume_left");
    QVERIFY(resume && resume->isEnabled());
    resume->click();
    QVERIFY(reaches(*window, RunState::running));
    QVERIFY(window->session().trainsHere());
    window->session().stop();
    QVERIFY(reaches(*window, RunState::idle));
  }

  void a_run_that_begins_elsewhere_is_offered_beside_another() {
    const QString store = stores_.next();
    { Other(store).process.kill(); }
    const auto window = open(store);
    QTRY_VERIFY_WITH_TIMEOUT(window->focus().tree(), patience);
    QVERIFY(strip(*window).sentence().contains("is gone"));  // of the one before
    const Other other(store);
    QPushButton* follow = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT(
        (follow = strip(*window).findChild<QPushButton*>("message_strip_follow")), patience);
    QVERIFY(!window->session().follows());
    follow->click();
    QVERIFY(reaches(*window, RunState::running));
    QCOMPARE(window->session().run().value, std::int64_t{2});
    QVERIFY(window->close());  // asks nothing: the run goes on
    QVERIFY(other.process.state() == QProcess::Running);
  }

  void who_did_not_change_an_option_is_told_in_the_strip() {
    const QString store = stores_.next();
    const Other other(store);
    const auto window = open(store);
    QVERIFY(reaches(*window, RunState::running));
    Session third(store.toStdString(), slow());
    third.follow({1});
    third.edit({"method.window=2", "method.branch=2"});
    QTRY_VERIFY_WITH_TIMEOUT(
        strip(*window).sentence().contains("method.window 3 → 2, method.branch 3 → 2"), patience);
    QVERIFY(strip(*window).sentence().startsWith("Changed in another window"));
  }

  void what_is_said_of_the_process_data() {
    QTest::addColumn<int>("state");
    QTest::addColumn<double>("age");
    QTest::addColumn<QString>("words");
    const QString start = "Followed: %1 in another process (pid 7, lab), heartbeat %2";
    const auto row = [&](const char* name, RunState state, double age, const QString& doing,
                         const QString& ago) {
      QTest::newRow(name) << static_cast<int>(state) << age << start.arg(doing, ago);
    };
    row("trains", RunState::running, .2, "training", "now");
    row("held", RunState::paused, 9, "paused", "9 s ago");
    row("late", RunState::running, 75, "training", "75 s ago, which is late");
    row("long gone", RunState::stopping, 600, "stopping…", "10 min ago, which is late");
  }
  void what_is_said_of_the_process() {
    QFETCH(int, state);
    QFETCH(double, age);
    QFETCH(QString, words);
    RunNews news;
    news.process = {.host = "lab", .pid = 7, .heartbeat = 1000};
    QCOMPARE(followedText(static_cast<RunState>(state), news, 1000 + age), words);
  }
};

int main(int argc, char** argv) {
  if (argc == 3 && QByteArray(argv[1]) == "--train") return train(argv[2]);
  QApplication application(argc, argv);
  TestFollowWindow test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_follow_window.moc"
