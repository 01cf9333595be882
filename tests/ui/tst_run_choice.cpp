// Looking at another run in the window, idle and while one trains, and back to live.
#include <QAction>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include "support/fake_engine.h"
#include "ui/fake_runs.h"
#include "views/run_list.h"
#include "window/main_window.h"

using namespace treegrpo;
using treegrpo::test::FakeEngine;
using treegrpo::test::patience;
using treegrpo::test::smallConfig;

class TestRunChoice : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(folder_.isValid());
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder_.path());
    QCoreApplication::setOrganizationName("treegrpo-test");
  }

  void another_run_is_looked_at_while_one_trains() {
    MainWindow window(
        folder_.path().toStdString() + "/two.tgws", [] { return std::make_shared<FakeEngine>(); },
        {}, CanvasKind::software);
    Session& session = window.session();
    session.train(smallConfig(2, "one"));
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == RunState::idle, patience);
    auto* list = window.findChild<RunList*>();
    const QAbstractItemModel* rows = list->findChild<QTableView*>("runTable")->model();
    QTRY_COMPARE(rows->rowCount(), 1);

    session.train(smallConfig(4, "two"));
    session.pause();
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == RunState::paused, patience);
    QTRY_COMPARE(rows->rowCount(), 2);
    Q_EMIT list->runChosen(1);
    QTRY_COMPARE_WITH_TIMEOUT(list->current().value, std::int64_t{1}, patience);
    QTRY_COMPARE_WITH_TIMEOUT(window.focus().place().run.value, std::int64_t{1}, patience);
    QCOMPARE(window.focus().place().iteration, 1);

    session.resume();
    QTRY_VERIFY_WITH_TIMEOUT(session.state() == RunState::idle, patience);
    QTest::qWait(100);  // answers of the store that are still under way
    QCOMPARE(window.focus().place().run.value, std::int64_t{1});
    QCOMPARE(list->current().value, std::int64_t{1});
    QTRY_COMPARE(rows->index(0, 2).data().toString(), "4");

    window.actions()[u"tree.live"]->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(list->current().value, std::int64_t{2}, patience);
    QCOMPARE(window.focus().place().run.value, std::int64_t{2});
  }

 private:
  QTemporaryDir folder_;
};

QTEST_MAIN(TestRunChoice)
#include "tst_run_choice.moc"
