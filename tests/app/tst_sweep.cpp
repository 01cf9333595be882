// experiments/sweep.py against a program that only says what training says.
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

using Json = nlohmann::json;

namespace {

// Trains a second an iteration until it is interrupted; a learning rate of 9 fails. Keeps a line of
// each call.
constexpr const char* pretended_program = R"(#!/usr/bin/env python3
import json, signal, sys, time
with open(sys.argv[0] + ".calls", "a") as calls:
    calls.write(" ".join(sys.argv[1:]) + "\n")
def say(**event):
    print(json.dumps(event), flush=True)
def evaluation(iteration, graded, strict):
    say(event="evaluation", run=7, iteration=iteration, reward=graded,
        metrics={"scene_strict": strict},
        by_task={"single": {"reward": graded, "scene_strict": strict, "n": 101}})
if sys.argv[1] == "evaluate":
    evaluation(3, .75, .5)
    sys.exit(0)
if "optimizer.learning_rate=9" in sys.argv:
    print("treegrpo: too fast", file=sys.stderr)
    sys.exit(1)
def stop(*_):
    say(event="run_finished", run=7, status="stopped", iterations=3)
    sys.exit(5)
signal.signal(signal.SIGINT, stop)
say(event="run_started", run=7)
evaluation(0, .5, .2)
planned = int(sys.argv[sys.argv.index("--iterations") + 1])
for iteration in range(planned):
    say(event="iteration", run=7, reward=.5, seconds={"total": 1.0})
    time.sleep(.02)
evaluation(planned, .8, .5)
say(event="run_finished", run=7, status="finished", iterations=planned)
)";

QByteArray contents(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

class TestSweep : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    QFile file(program());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(pretended_program);
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QFile::remove(program() + ".calls");
    QFile::remove(out("json"));
  }

  void a_grid_is_trained_for_its_seconds_scored_and_tabulated() {
    QCOMPARE(sweep({"--learning-rates", "1e-4", "2e-4", "--seeds", "1", "2"}), 0);
    const Json runs = results();
    QCOMPARE(runs.size(), std::size_t{4});
    for (const Json& run : runs) {
      QVERIFY(run["trained_seconds"].get<double>() >= 3);
      QCOMPARE(run["before"]["graded"].get<double>(), .5);
      QCOMPARE(run["after"]["graded"].get<double>(), .75);
      QCOMPARE(run["after"]["strict_error"].get<double>(), .05);  // sqrt(.5·.5 / 100)
    }
    QVERIFY(calls().contains("optimizer.learning_rate=2e-4"));
    const QByteArray table = contents(out("md"));
    QVERIFY2(table.contains("| 1e-4 | of the config | of the config | 3 s | 1 2 |"), table);
    QVERIFY2(table.contains(".500 ±0.000 → 0.750 ±0.000"), table);
  }

  void a_second_call_does_only_what_is_missing() {
    QCOMPARE(sweep({"--learning-rates", "1e-4"}), 0);
    const auto before = calls().count("train ");
    QCOMPARE(sweep({"--learning-rates", "1e-4", "2e-4"}), 0);
    QCOMPARE(calls().count("train "), before + 1);
    QCOMPARE(results().size(), std::size_t{2});
  }

  void runs_of_the_same_iterations_need_no_clock() {
    QFile file(folder_.filePath("four.args"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("--iterations 4  # from a file, with a comment\n");
    file.close();
    QCOMPARE(sweep({"@" + file.fileName()}), 0);
    const Json run = results()[0];
    QCOMPARE(run["iterations"].get<int>(), 4);
    QCOMPARE(run["after"]["graded"].get<double>(), .8);
    QCOMPARE(run["curve"].size(), std::size_t{2});
    QVERIFY(!calls().contains("evaluate"));
    QVERIFY(contents(out("md")).contains("| 4 iterations | 1 |"));
  }

  void a_run_that_fails_is_told_and_stops_nothing() {
    QCOMPARE(sweep({"--learning-rates", "9", "1e-4"}), 0);
    QCOMPARE(results()[0]["failed"].get<std::string>(), std::string("treegrpo: too fast"));
    QVERIFY(!results()[1].contains("failed"));
    QVERIFY(contents(out("md")).contains("failed: treegrpo: too fast"));
  }

 private:
  QString program() const { return folder_.filePath("treegrpo"); }
  QString out(const char* suffix) const { return folder_.filePath("sweep.") + suffix; }
  QByteArray calls() const { return contents(program() + ".calls"); }
  Json results() const { return Json::parse(contents(out("json")).toStdString())["runs"]; }

  int sweep(const QStringList& more) const {
    QStringList arguments = {TREEGRPO_SOURCE_DIR "/experiments/sweep.py",
                             "a.toml",
                             "--seconds",
                             "3",
                             "--out",
                             out("json"),
                             "--treegrpo",
                             program()};
    QProcess process;
    process.start("python3", arguments + more);
    if (!process.waitForFinished(60000)) process.kill();
    if (process.exitCode() != 0) qWarning("%s", process.readAllStandardError().constData());
    return process.exitCode();
  }

  QTemporaryDir folder_;
};

QTEST_GUILESS_MAIN(TestSweep)
#include "tst_sweep.moc"
