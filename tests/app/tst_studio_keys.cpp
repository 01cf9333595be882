// The window's program by keys alone, on a display without a mouse: train, pause, walk, change the
// schedule, compare, export, stop.
#include <SQLiteCpp/SQLiteCpp.h>

#include "app/studio_process.h"

using namespace treegrpo::test;

namespace {

bool press(const QStringList& keys) { return xdotool(QStringList{"key"} + keys); }

// Gives a window of the program the keyboard, as a window manager would; waits until there is one.
bool give(const char* title) {
  return xdotool({"search", "--sync", "--onlyvisible", "--name", title, "windowfocus", "--sync"});
}

bool isOpen(const char* title) {
  QProcess search;
  search.start("xdotool", {"search", "--onlyvisible", "--name", title});
  search.waitForFinished();
  return !search.readAllStandardOutput().trimmed().isEmpty();
}

// The part of the screen with the inspector once nothing moves in it: machines may be busy.
QImage settled() {
  constexpr int calm = 4, interval = 400;  // grabs, milliseconds
  QImage last = inspector();
  int same = 0;
  for (int waited = 0; same < calm && waited < patience; waited += interval) {
    QTest::qWait(interval);
    const QImage now = inspector();
    same = now == last ? same + 1 : 0;
    last = now;
  }
  return last;
}

}  // namespace

class TestStudioKeys : public QObject {
  Q_OBJECT

  Home home_;

  // Rows of the workspace that a query counts.
  int counted(const char* query) const {
    const QString file = home_.file("data/treegrpo/default.tgws");
    SQLite::Database store(file.toStdString(), SQLite::OPEN_READONLY, patience);
    return store.execAndGet(query).getInt();
  }

 private Q_SLOTS:
  void initTestCase() { QVERIFY2(QFile::exists(studio), "the window is not built"); }

  void a_run_is_trained_looked_at_changed_and_stopped_without_a_mouse() {
    QProcess process;
    home_.start(process, studio, {});
    QTRY_COMPARE_WITH_TIMEOUT(home_.iterations(), 1, patience);
    QTRY_COMPARE_WITH_TIMEOUT(home_.status(), std::string("paused"), patience);
    // Out of every widget, into a corner: nothing hovers.
    QVERIFY(xdotool({"mousemove", "0", "0"}));

    QVERIFY(give("TreeGRPO Studio"));
    QVERIFY(press({"space"}));
    QTRY_VERIFY_WITH_TIMEOUT(home_.iterations() >= 2, patience);
    QVERIFY(press({"space"}));
    QTRY_COMPARE_WITH_TIMEOUT(home_.status(), std::string("paused"), patience);

    // Through the tree, seen in the inspector.
    QVERIFY(press({"b"}));
    const QImage leaf = settled();
    QVERIFY(press({"Left"}));
    QTRY_VERIFY_WITH_TIMEOUT(inspector() != leaf, patience);
    QVERIFY(press({"Right"}));
    QTRY_VERIFY_WITH_TIMEOUT(inspector() == leaf, patience);

    // The window of the schedule one step on.
    QCOMPARE(counted("SELECT count(*) FROM parameter_change"), 0);
    QVERIFY(press({"ctrl+b"}));
    QVERIFY(give("^Schedule"));
    settled();
    QVERIFY(press({"alt+Right"}));
    QVERIFY(press({"alt+a"}));
    QVERIFY(give("TreeGRPO Studio"));
    const int before = home_.iterations();
    QVERIFY(press({"space"}));
    QTRY_VERIFY_WITH_TIMEOUT(home_.iterations() > before, patience);
    QTRY_VERIFY_WITH_TIMEOUT(counted("SELECT count(*) FROM parameter_change") > 0, patience);

    // Side by side and back; a figure that is not made after all.
    QVERIFY(press({"space"}));
    QTRY_COMPARE_WITH_TIMEOUT(home_.status(), std::string("paused"), patience);
    const QImage explored = settled();
    QVERIFY(press({"ctrl+shift+3"}));
    QTRY_VERIFY_WITH_TIMEOUT(inspector() != explored, patience);
    const QImage compared = settled();
    QVERIFY(press({"ctrl+shift+1"}));
    QTRY_VERIFY_WITH_TIMEOUT(inspector() != compared, patience);
    QVERIFY(press({"ctrl+shift+e"}));
    QVERIFY(give("Export figure"));
    QVERIFY(press({"Escape"}));
    QTRY_VERIFY_WITH_TIMEOUT(!isOpen("Export figure"), patience);

    QVERIFY(give("TreeGRPO Studio"));
    QVERIFY(press({"ctrl+period"}));
    QTRY_COMPARE_WITH_TIMEOUT(home_.status(), std::string("stopped"), patience);
    QVERIFY(press({"ctrl+q"}));
    QVERIFY(process.waitForFinished(patience));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 0);
  }
};

QTEST_MAIN(TestStudioKeys)
#include "tst_studio_keys.moc"
