// A run of the command line, followed and stopped from the window: both programs as processes.
#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

#include "app/cli_process.h"

using namespace treegrpo::test;

namespace {

const QString studio = QStringLiteral(TREEGRPO_BINARY_DIR "/bin/treegrpo-studio");
constexpr int patience = 180000;  // milliseconds: machines may be busy

}  // namespace

class TestStudioFollow : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  QString file(const QString& name) const { return folder_.filePath(name); }

  static QStringList train() {
    QStringList arguments = {"train", tiny_config,    "--json", "--name",
                             "mine",  "--iterations", "1000"};
    for (const char* set : {"prompts.per_iteration=2", "method.window=2", "method.branch=2",
                            "sampler.steps=4", "evaluation.prompts=7", "evaluation.every=0"})
      arguments += {"--set", set};
    return arguments;
  }

  // The window with a script, without a display.
  Finished watch(const QString& store, const QByteArray& lines) const {
    QFile script(file("script.txt"));
    if (!script.open(QIODevice::WriteOnly)) return {};
    script.write(lines);
    script.close();
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("XDG_CONFIG_HOME", file("config"));
    environment.insert("QT_QPA_PLATFORM", "offscreen");
    process.setProcessEnvironment(environment);
    process.start(studio, {"--store", store, "--script", script.fileName()});
    if (!process.waitForFinished(patience)) process.kill();
    process.waitForFinished();
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
  }

  // A line that takes a picture of the window, for the test to look at.
  QByteArray picture(const char* name) const { return "screenshot " + file(name).toUtf8() + "\n"; }
  bool differ(const char* one, const char* other) const {
    const QImage first(file(one)), second(file(other));
    return !first.isNull() && !second.isNull() && first != second;
  }

 private Q_SLOTS:
  void initTestCase() { QVERIFY2(QFile::exists(studio), "the window is not built"); }

  void a_run_in_a_terminal_is_followed_held_and_stopped_from_the_window() {
    const QString store = file("runs.tgws");
    RunningCli running(train(), store);
    QVERIFY(running.wait_for("iteration", 2));
    const Finished window =
        watch(store, "until running\nview.queue\nwait 1000\n" + picture("followed.png") +
                         "run.pause\nuntil paused\n" + picture("paused.png") +
                         "run.toggle\nuntil running\nrun.stop\nuntil idle\nwait 500\n" +
                         picture("ended.png"));
    QVERIFY2(window.code == 0, window.err);
    const Finished trained = running.end();
    QVERIFY2(trained.code == 5, trained.err);  // interrupted, with a checkpoint
    QVERIFY(differ("followed.png", "paused.png") && differ("paused.png", "ended.png"));

    const Finished check = run_cli({"store", "check"}, store);
    QVERIFY2(check.code == 0, check.out + check.err);
    const auto runs = run_cli({"runs", "--json"}, store).json();
    QCOMPARE(runs.size(), std::size_t{1});
    QCOMPARE(runs[0]["status"].get<std::string>(), std::string("stopped"));
    QVERIFY(runs[0]["iterations"].get<int>() >= 2);
  }

  void a_run_that_was_killed_is_resumed_in_the_window() {
    const QString store = file("killed.tgws");
    {
      RunningCli running(train(), store);
      QVERIFY(running.wait_for("iteration", 2));
      running.signal(SIGKILL);
      running.end();
    }
    const int before = run_cli({"runs", "--json"}, store).json()[0]["iterations"].get<int>();
    const Finished window = watch(store,
                                  "wait 3000\nrun.resume\nuntil running\nrun.pause\nuntil paused\n"
                                  "run.step_iteration\nuntil paused\nrun.stop\nuntil idle\n");
    QVERIFY2(window.code == 0, window.err);
    QCOMPARE(run_cli({"store", "check"}, store).code, 0);
    const auto run = run_cli({"runs", "--json"}, store).json()[0];
    QCOMPARE(run["status"].get<std::string>(), std::string("stopped"));
    QVERIFY(run["iterations"].get<int>() >= before);
  }
};

QTEST_GUILESS_MAIN(TestStudioFollow)
#include "tst_studio_follow.moc"
