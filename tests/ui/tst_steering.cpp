// The schedule editor in the window: what is drawn beside a run in progress holds from its next
// iteration on; beside another it becomes a new run.
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include "store/run_reader.h"
#include "style/resources.h"
#include "support/fake_engine.h"
#include "ui/fake_runs.h"
#include "views/curve_view.h"
#include "views/new_run_dialog.h"
#include "views/schedule_editor.h"
#include "window/main_window.h"

using namespace treegrpo;
using treegrpo::test::FakeEngine;
using treegrpo::test::patience;
using treegrpo::test::smallConfig;

class TestSteering : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(folder_.isValid());
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder_.path());
    QCoreApplication::setOrganizationName("treegrpo");
    QCoreApplication::setApplicationName("studio");
    openResources();
  }

  void what_is_applied_changes_the_next_iteration_and_marks_the_curves() {
    const auto window = open();
    Session& session = window->session();
    ScheduleEditor& editor = shownEditor(*window);
    pauseLongRun(session, editor);

    Q_EMIT editor.applyAsked({"method.window=2", "method.branch=2"});
    QCOMPARE(session.pendingEdits(), 2);
    QCOMPARE(editor.findChild<QPushButton*>("scheduleDiscard")->isEnabled(), true);
    session.resume();
    QTRY_COMPARE_WITH_TIMEOUT(marks(*window), std::size_t{2}, patience);
    QCOMPARE(session.pendingEdits(), 0);
    QCOMPARE(editor.draft().method.window, 2);

    RunReader reader(session.store());
    const auto changes = reader.parameter_changes({1});
    QCOMPARE(changes.size(), std::size_t{2});
    const std::int32_t changed = changes[0].iteration;
    QTRY_VERIFY_WITH_TIMEOUT(reader.find_run("1").iterations > changed, patience);
    QCOMPARE(leaves(reader.tree({1}, changed - 1, {0})).size(), std::size_t{27});
    QCOMPARE(leaves(reader.tree({1}, changed, {0})).size(), std::size_t{4});
    end(session);
  }

  void a_keyframe_that_is_applied_holds_from_its_iteration_on() {
    const auto window = open();
    Session& session = window->session();
    ScheduleEditor& editor = shownEditor(*window);
    pauseLongRun(session, editor);
    RunReader reader(session.store());
    const std::int32_t begin = reader.find_run("1").iterations + 3;
    Q_EMIT editor.applyAsked({QString("schedule.keyframe.0.iteration=%1").arg(begin),
                              "schedule.keyframe.0.set=method.window=2 method.branch=2"});
    session.resume();
    QTRY_VERIFY_WITH_TIMEOUT(reader.find_run("1").iterations > begin, patience);
    QCOMPARE(leaves(reader.tree({1}, begin - 1, {0})).size(), std::size_t{27});
    QCOMPARE(leaves(reader.tree({1}, begin, {0})).size(), std::size_t{4});
    QCOMPARE(reader.parameter_changes({1}).size(), std::size_t{2});
    end(session);
  }

  void the_bytes_of_an_iteration_are_foretold_while_it_trains() {
    test::FakeEngineOptions options;
    options.pictures = true;
    const auto window = open(options);
    Session& session = window->session();
    session.train(smallConfig(100000));
    ScheduleEditor& editor = shownEditor(*window);
    const auto words = [&editor] { return editor.findChild<QLabel*>("scheduleMemory")->text(); };
    QTRY_VERIFY_WITH_TIMEOUT(words().contains("B an iteration"), patience);
    QVERIFY2(!words().contains("store –"), qPrintable(words()));
    end(session);
  }

  void what_waits_can_be_taken_back() {
    const auto window = open();
    Session& session = window->session();
    ScheduleEditor& editor = shownEditor(*window);
    pauseLongRun(session, editor);
    Q_EMIT editor.applyAsked({"method.window=2"});
    QCOMPARE(session.pendingEdits(), 1);
    Q_EMIT editor.discardAsked();
    QCOMPARE(session.pendingEdits(), 0);
    end(session);
    QVERIFY(RunReader(session.store()).parameter_changes({1}).empty());
  }

  void beside_a_run_that_has_ended_what_is_drawn_is_a_new_run() {
    const auto window = open();
    Session& session = window->session();
    session.train(smallConfig(2));
    ScheduleEditor& editor = shownEditor(*window);
    QTRY_VERIFY_WITH_TIMEOUT(editor.draft().run.iterations == 2, patience);
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), RunState::idle, patience);
    Q_EMIT editor.applyAsked({});
    NewRunDialog* dialog = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((dialog = window->findChild<NewRunDialog*>("new_run")), patience);
    QVERIFY(dialog->findChild<QComboBox*>("new_run_source")->count() > 1);  // the run is one too
    auto* start = dialog->findChild<QPushButton*>("new_run_start");
    QVERIFY(start->isEnabled());
    start->click();
    QTRY_COMPARE_WITH_TIMEOUT(RunReader(session.store()).runs().size(), std::size_t{2}, patience);
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), RunState::idle, patience);
    QCOMPARE(RunReader(session.store()).find_run("2").iterations, 2);
  }

 private:
  std::unique_ptr<MainWindow> open(test::FakeEngineOptions options = {}) {
    const QString file = folder_.filePath(QString("%1.tgws").arg(++stores_));
    options.level_time = std::chrono::microseconds(500);
    auto window = std::make_unique<MainWindow>(
        file.toStdString(), [options] { return std::make_shared<FakeEngine>(options); },
        Preferences{}, CanvasKind::software);
    window->show();
    return window;
  }

  static ScheduleEditor& shownEditor(MainWindow& window) {
    window.findChild<QAction*>("run.schedule")->trigger();
    return *window.findChild<ScheduleEditor*>();
  }

  // A run that lasts, paused, and shown in the editor.
  static void pauseLongRun(Session& session, const ScheduleEditor& editor) {
    session.train(smallConfig(100000));
    QTRY_VERIFY_WITH_TIMEOUT(editor.draft().run.iterations == 100000, patience);
    session.pause();
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), RunState::paused, patience);
  }

  static std::size_t marks(MainWindow& window) {
    return window.findChild<CurveView*>("curve1")->plot().marks.size();
  }

  static void end(Session& session) {
    session.stop();
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), RunState::idle, patience);
  }

  QTemporaryDir folder_;
  int stores_ = 0;
};

QTEST_MAIN(TestSteering)
#include "tst_steering.moc"
