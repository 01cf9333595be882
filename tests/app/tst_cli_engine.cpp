// The program as a process with the real engine and the bundled model: short runs, interruptions.
#include <signal.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

#include "app/cli_process.h"
#include "store/run_reader.h"

using namespace treegrpo;
using namespace treegrpo::test;

class TestCliEngine : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  const QString model_ =
      qEnvironmentVariable("TREEGRPO_RESOURCES", TREEGRPO_SOURCE_DIR "/resources") +
      "/models/tiny.safetensors";

  QString store() { return folder_.filePath("runs.tgws"); }

  // Of the process that left its account of bindings there.
  static qint64 pid_in(const QString& folder) {
    const QStringList accounts = QDir(folder).entryList({"bindings.*"});
    return accounts.isEmpty() ? 0 : accounts.front().section('.', 1).toLongLong();
  }

  // Small enough for seconds.
  static QStringList train(const QStringList& more) {
    return QStringList{"train", tiny_config,
                       "--set", "prompts.per_iteration=2",
                       "--set", "method.window=2",
                       "--set", "method.branch=2",
                       "--set", "evaluation.prompts=7",
                       "--set", "checkpoint.every=0"} +
           more;
  }

  // Starts a long run and waits until that many iterations are told.
  static void start_and_wait(QProcess& process, const QString& store, int iterations) {
    set_store(process, store);
    process.start(program, train({"--iterations", "100000", "--json"}));
    QByteArray out;
    while (out.count("\"event\":\"iteration\"") < iterations) {
      QVERIFY2(process.waitForReadyRead(60000), process.readAllStandardError());
      out += process.readAllStandardOutput();
    }
  }

 private Q_SLOTS:
  void initTestCase() { QVERIFY2(QFile::exists(model_), "the bundled model is missing"); }

  // OpenCV brings a plain BLAS into the process; bound to that, a network pass takes ten times as
  // long. The loader's own account says which one LibTorch got.
  void matrix_products_are_those_of_libtorch() {
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("LD_DEBUG", "bindings");
    environment.insert("LD_DEBUG_OUTPUT", folder_.filePath("bindings"));
    process.setProcessEnvironment(environment);
    process.start(program, {"list", "rewards"});
    QVERIFY(process.waitForFinished(60000));
    QCOMPARE(process.exitCode(), 0);
    QFile account(folder_.filePath("bindings." + QString::number(pid_in(folder_.path()))));
    QVERIFY(account.open(QIODevice::ReadOnly));
    int bindings = 0;
    while (!account.atEnd()) {
      const QByteArray line = account.readLine();
      if (!line.contains("`sgemm_'") || !line.contains("binding file ")) continue;
      const qsizetype from = line.indexOf("binding file ");
      const qsizetype to = line.indexOf(" to ", from);
      if (!line.mid(from, to - from).contains("libtorch_cpu.so")) continue;
      ++bindings;
      QVERIFY2(line.mid(to).contains("libtorch_cpu.so"), line);
    }
    QVERIFY(bindings > 0);
  }

  void a_short_run_tells_its_events_in_order() {
    const Finished finished = run_cli(train({"--iterations", "2", "--json"}), store(), 120000);
    QVERIFY2(finished.code == 0, finished.err);
    const auto events = finished.json();
    std::vector<std::string> kinds;
    for (const auto& event : events) kinds.push_back(event["event"]);
    QCOMPARE(kinds, (std::vector<std::string>{"run_started", "evaluation", "probe", "iteration",
                                              "iteration", "evaluation", "probe", "checkpoint",
                                              "run_finished"}));
    QCOMPARE(events.back()["status"].get<std::string>(), std::string("finished"));
    QCOMPARE(events.back()["iterations"].get<int>(), 2);
    QVERIFY(std::filesystem::exists(events[7]["path"].get<std::string>()));
  }

  void rewards_and_policies_are_listed() {
    for (const char* catalog : {"rewards", "policies"}) {
      const Finished finished = run_cli({"list", catalog}, store());
      QVERIFY2(finished.code == 0, finished.err);
      QVERIFY(!finished.out.isEmpty());
    }
  }

  void a_prompt_outside_the_vocabulary_names_the_word() {
    const Finished finished = run_cli(
        {"sample", "--model", model_, "--prompt", "a red dog", "--out", folder_.path()}, store());
    QVERIFY(finished.code == 1 || finished.code == 3);
    QVERIFY2(finished.complains_in_one_line(), finished.err);
    QVERIFY2(finished.err.contains("dog"), finished.err);
  }

  void a_truncated_a_foreign_and_a_missing_model_are_one_sentence_and_1() {
    QFile whole(model_);
    QVERIFY(whole.open(QIODevice::ReadOnly));
    const QByteArray bytes = whole.readAll();
    const QString file = folder_.filePath("damaged.safetensors");
    for (const QByteArray& content :
         {bytes.left(bytes.size() / 2), bytes.left(5), QByteArray("hello"), QByteArray()}) {
      QFile damaged(file);
      if (content.isEmpty()) {
        damaged.remove();
      } else {
        QVERIFY(damaged.open(QIODevice::WriteOnly));
        damaged.write(content);
        damaged.close();
      }
      const Finished finished =
          run_cli(train({"--iterations", "1", "--set", "model.path=" + file}), store());
      QCOMPARE(finished.code, 1);
      QVERIFY2(finished.complains_in_one_line(), finished.err);
      QVERIFY2(finished.err.contains("damaged.safetensors"), finished.err);
    }
  }

  void an_interrupt_ends_with_5_and_a_checkpoint() {
    const QString own = folder_.filePath("interrupted.tgws");
    QProcess process;
    start_and_wait(process, own, 1);
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(60000));
    QCOMPARE(process.exitCode(), 5);
    RunReader reader(own.toStdString());
    const RunSummary run = reader.runs().front();
    QCOMPARE(run.status, RunStatus::stopped);
    QCOMPARE(reader.checkpoints(run.run).back().iterations, run.iterations);
  }

  void a_run_with_a_checkpoint_can_be_sampled_from() {
    const Finished finished = run_cli({"sample", "--run", "1", "--prompt", "a red circle",
                                       "--count", "2", "--out", folder_.filePath("pictures")},
                                      folder_.filePath("interrupted.tgws"));
    QVERIFY2(finished.code == 0, finished.err);
    QCOMPARE(finished.out.count(".png\n"), 2);
  }

  void a_kill_at_any_moment_loses_no_committed_iteration() {
    const QString own = folder_.filePath("killed.tgws");
    for (const int iterations : {1, 2, 3}) {
      QProcess process;
      start_and_wait(process, own, iterations);
      process.kill();
      QVERIFY(process.waitForFinished(60000));
      RunReader reader(own.toStdString());
      const RunSummary run = reader.runs().back();
      QCOMPARE(run.status, RunStatus::interrupted);
      QVERIFY(run.iterations >= iterations);
      for (std::int32_t i = 0; i < run.iterations; ++i)
        QCOMPARE(reader.tree(run.run, i, PromptId{1}).iteration, i);
    }
  }
};

QTEST_GUILESS_MAIN(TestCliEngine)
#include "tst_cli_engine.moc"
