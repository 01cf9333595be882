// The window's program as a process: what a user does with it on a display, by mouse and keys.
#include <signal.h>

#include <QDir>
#include <QImage>
#include <QSet>
#include <QTest>

#include "app/studio_process.h"

using namespace treegrpo::test;

namespace {

qsizetype coloursOf(const QImage& image) {
  QSet<QRgb> colours;
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x) colours.insert(image.pixel(x, y));
  return colours.size();
}

QByteArray complaint(const Finished& finished) {
  for (const QByteArray& line : finished.err.split('\n'))
    if (line.startsWith("treegrpo-studio: ")) return line;
  return {};
}

}  // namespace

class TestStudio : public QObject {
  Q_OBJECT

  Home home_;  // that of the journey, from one start to the next

 private Q_SLOTS:
  void initTestCase() { QVERIFY2(QFile::exists(studio), "the window is not built"); }

  void train_pause_inspect_and_end_by_a_signal() {
    QProcess process;
    home_.start(process, studio, {});
    // The first tree grows without being asked, is stored, and the run holds.
    QTRY_COMPARE_WITH_TIMEOUT(home_.iterations(), 1, patience);
    QTRY_COMPARE_WITH_TIMEOUT(home_.status(), std::string("paused"), patience);
    QVERIFY(QDir(home_.work()).isEmpty());
    QVERIFY(xdotool({"search", "--sync", "--onlyvisible", "--name", "TreeGRPO Studio",
                     "windowfocus", "--sync"}));
    QVERIFY(xdotool({"key", "space"}));
    QTRY_VERIFY_WITH_TIMEOUT(home_.iterations() >= 2, patience);
    QVERIFY(xdotool({"key", "space"}));
    QTRY_COMPARE_WITH_TIMEOUT(home_.status(), std::string("paused"), patience);

    QVERIFY(xdotool({"mousemove", "700", "300", "click", "1", "key", "b"}));
    QTest::qWait(1000);
    const QImage leaf = inspector();
    QVERIFY(coloursOf(leaf) > 20);
    QVERIFY(xdotool({"key", "Left"}));
    QTRY_VERIFY_WITH_TIMEOUT(inspector() != leaf, patience);
    QVERIFY(xdotool({"key", "Right"}));
    QTRY_VERIFY_WITH_TIMEOUT(inspector() == leaf, patience);

    const int before = home_.iterations();
    QVERIFY(xdotool({"key", "space"}));
    QTRY_VERIFY_WITH_TIMEOUT(home_.iterations() > before, patience);
    ::kill(static_cast<pid_t>(process.processId()), SIGTERM);
    QVERIFY(process.waitForFinished(patience));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 0);
    QCOMPARE(home_.status(), std::string("stopped"));
    QVERIFY(home_.iterations() > before);
  }

  void a_second_start_opens_the_run_again() {
    const auto before = home_.runs();
    QVERIFY(!before.empty());
    const QString picture = home_.file("again.png");
    const Finished finished = home_.run(studio, {"--screenshot", picture, "--after-ms", "3000"});
    QVERIFY2(finished.code == 0, finished.err);
    QVERIFY(coloursOf(QImage(picture)) > 500);  // pictures of the nodes
    QCOMPARE(home_.runs(), before);
    QVERIFY(QDir(home_.work()).isEmpty());
  }

  void without_an_engine_stored_runs_are_still_shown() {
    const auto before = home_.runs();
    const QString picture = home_.file("no_engine.png");
    qputenv("TREEGRPO_ENGINE_PATH", "/nowhere");
    const Finished finished = home_.run(studio, {"--screenshot", picture, "--after-ms", "3000"});
    qunsetenv("TREEGRPO_ENGINE_PATH");
    QVERIFY2(finished.code == 0, finished.err);
    QVERIFY(coloursOf(QImage(picture)) > 500);
    QCOMPARE(home_.runs(), before);
  }

  void what_cannot_be_done_is_one_sentence_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::newRow("layout") << QStringList{"--layout", "round"} << 2;
    QTest::newRow("theme") << QStringList{"--theme", "pink"} << 2;
    QTest::newRow("number") << QStringList{"--iterations", "few"} << 2;
    QTest::newRow("script") << QStringList{"--script", "/nowhere/script"} << 1;
    QTest::newRow("action") << QStringList{"--script", "SCRIPT"} << 1;
  }

  void what_cannot_be_done_is_one_sentence() {
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    const Home home;
    home.write("script.txt", "run.fly\n");
    arguments.replaceInStrings("SCRIPT", home.file("script.txt"));
    const Finished finished = home.run(studio, arguments, false);
    QVERIFY2(finished.code == code, finished.err);
    QVERIFY2(!complaint(finished).isEmpty(), finished.err);
    QCOMPARE(finished.err.count("treegrpo-studio: "), 1);
  }

  void a_damaged_workspace_leaves_the_window_usable() {
    const Home home;
    home.write("damaged.tgws", "no database");
    const QString picture = home.file("window.png");
    const Finished finished =
        home.run(studio, {home.file("damaged.tgws"), "--screenshot", picture}, false);
    QVERIFY2(finished.code == 0, finished.err);
    QVERIFY(!QImage(picture).isNull());
    QFile damaged(home.file("damaged.tgws"));
    QVERIFY(damaged.open(QIODevice::ReadOnly));
    QCOMPARE(damaged.readAll(), QByteArray("no database"));
  }

  void a_script_runs_its_actions_without_a_display() {
    const Home home;
    const QString picture = home.file("light.png");
    home.write("script.txt", "# looks\nview.layout_train\nview.theme_light\nwait 300\nscreenshot " +
                                 picture.toUtf8() + "\nview.theme_dark\n");
    const Finished finished = home.run(studio, {"--script", home.file("script.txt")}, false);
    QVERIFY2(finished.code == 0, finished.err);
    const QImage image(picture);
    QVERIFY(!image.isNull());
    QVERIFY(qGray(image.pixel(2, image.height() - 40)) > 128);
  }

  void a_run_that_starts_paused_holds_before_its_first_iteration() {
    const Home home;
    QProcess process;
    home.start(process, studio, {"--run", tiny_config, "--iterations", "2", "--start-paused"},
               false);
    QTRY_COMPARE_WITH_TIMEOUT(home.status(), std::string("paused"), patience);
    QTest::qWait(5000);  // an iteration takes less
    QCOMPARE(home.status(), std::string("paused"));
    QCOMPARE(home.iterations(), 0);
    ::kill(static_cast<pid_t>(process.processId()), SIGTERM);
    QVERIFY(process.waitForFinished(patience));
    QCOMPARE(process.exitCode(), 0);
    QCOMPARE(home.status(), std::string("stopped"));
    QCOMPARE(home.iterations(), 0);
  }
};

QTEST_MAIN(TestStudio)
#include "tst_studio.moc"
