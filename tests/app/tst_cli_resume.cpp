// Runs that are killed, stopped, copied and damaged, as processes with the real engine and the
// bundled model: what goes on comes out as if nothing had happened.
#include <signal.h>

#include <QDir>
#include <QFile>
#include <QMap>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>

#include "app/cli_process.h"
#include "app/store_values.h"
#include "base/paths.h"
#include "store/run_reader.h"
#include "support/effort.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace fs = std::filesystem;

class TestCliResume : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  int stores_ = 0;
  std::mt19937 random_{7};

  QString new_store() { return folder_.filePath("store%1.tgws").arg(stores_++); }

  // An iteration takes about a tenth of a second on two cores.
  static QStringList train(const QStringList& more, int iterations = 8, const char* name = "mine") {
    return QStringList{"train",
                       tiny_config,
                       "--json",
                       "--name",
                       name,
                       "--iterations",
                       QString::number(iterations),
                       "--set",
                       "prompts.per_iteration=2",
                       "--set",
                       "method.window=2",
                       "--set",
                       "method.branch=2",
                       "--set",
                       "sampler.steps=4",
                       "--set",
                       "evaluation.prompts=7",
                       "--set",
                       "evaluation.every=4",
                       "--set",
                       "checkpoint.every=3",
                       "--set",
                       "images.every=4"} +
           more;
  }
  // The average and the reference weights are part of what has to come back.
  static QStringList with_memory() {
    return {"--set", "ema.decay=0.9",      "--set", "objective.kl_beta=0.1",
            "--set", "objective.updates=2"};
  }
  static QStringList method(const char* name, const QStringList& more) {
    return QStringList{"--set", QString("method.name=") + name, "--set", "method.group=5"} + more;
  }

  static fs::path path(const QString& store) { return store.toStdString(); }
  static RunSummary run_of(const QString& store) { return RunReader(path(store)).runs().front(); }
  static fs::path last_checkpoint(const QString& store) {
    return RunReader(path(store)).checkpoints(RunId{1}).back().path;
  }

  QString trained(const QStringList& more, int iterations = 8) {
    const QString store = new_store();
    const Finished finished = run_cli(train(more, iterations), store, 120000);
    return finished.code == 0 ? store : finished.err;
  }

  // Some iterations and a part of one, or a part of what stands between them.
  void wait_a_while(RunningCli& running) {
    running.wait_for("iteration", running.told("iteration") + static_cast<int>(random_() % 4));
    QTest::qSleep(static_cast<int>(random_() % 120));
  }

  // Kills it at a random moment; false if it had ended by then. Iterations that were told are
  // committed.
  static bool killed(RunningCli& running, const QString& store) {
    running.signal(SIGKILL);
    const Finished finished = running.end();
    const RunSummary run = run_of(store);
    std::int32_t told = 0;
    for (const QByteArray& line : finished.out.split('\n')) {
      if (!line.contains("\"event\":\"iteration\"")) continue;
      const auto event = nlohmann::json::parse(line.toStdString(), nullptr, false);
      if (!event.is_discarded()) told = event["iteration"].get<std::int32_t>() + 1;  // else cut off
    }
    if (run.iterations < told) qFatal("%d of %d iterations are left", run.iterations, told);
    return finished.code == -1;
  }

  // Starts a run, kills it and what resumes it at random moments, and lets it end. Returns how many
  // kills it survived; -1: something failed.
  int train_with_kills(const QStringList& more, const QString& store, int kills) {
    int survived = 0;
    {
      RunningCli running(train(more), store);
      if (!running.wait_for("run_started")) return -1;
      wait_a_while(running);
      survived += killed(running, store) ? 1 : 0;
    }
    for (int i = 1; i < kills; ++i) {
      RunningCli running({"resume", "mine", "--json"}, store);
      if (!running.wait_for("run_resumed")) break;  // it has all its iterations
      wait_a_while(running);
      survived += killed(running, store) ? 1 : 0;
    }
    const Finished finished = run_cli({"resume", "1", "--json"}, store, 120000);
    if (finished.code != 0) qWarning("%s", finished.err.constData());
    return finished.code == 0 ? survived : -1;
  }

  static bool same_bytes(const fs::path& a, const fs::path& b) {
    for (const auto& entry : fs::directory_iterator(a)) {
      const fs::path name = entry.path().filename();
      if (read_file(a / name) == read_file(b / name)) continue;
      qWarning("%s differs", name.c_str());
      return false;
    }
    return true;
  }

  // What belongs to the end of a run that becomes longer stays: an evaluation, a probe, a
  // checkpoint, pictures.
  static std::vector<std::string> of_the_end() {
    return {"run", "evaluation", "probe", "probe_picture", "checkpoint", "image"};
  }

  void compare(const QString& straight, const QString& other,
               const std::vector<std::string>& left_out = {}) {
    const std::string difference = first_difference(store_values(path(straight), left_out),
                                                    store_values(path(other), left_out));
    QVERIFY2(difference.empty(), difference.c_str());
    QVERIFY(same_bytes(last_checkpoint(straight), last_checkpoint(other)));
  }

  // Refused with one line that holds the words, exit code 1, and the run as it was.
  void refused(const QStringList& arguments, const QString& store, const QByteArrayList& words) {
    const StoreValues before = store_values(path(store));
    const Finished finished = run_cli(arguments, store);
    QCOMPARE(finished.code, 1);
    QVERIFY2(finished.complains_in_one_line(), finished.err);
    for (const QByteArray& word : words) QVERIFY2(finished.err.contains(word), finished.err);
    const std::string difference = first_difference(before, store_values(path(store)));
    QVERIFY2(difference.empty(), difference.c_str());
  }

 private Q_SLOTS:
  void a_run_that_is_killed_again_and_again_equals_one_that_is_not_data() {
    QTest::addColumn<QStringList>("config");
    QTest::addColumn<int>("kills");
    const QStringList dance = method(
        "dancegrpo", {"--set", "method.train_fraction=0.6", "--set", "sampler.kind=dance_sde"});
    const QStringList mix = method(
        "mixgrpo", {"--set", "method.window_rule=shifting", "--set", "method.shift_every=3"});
    const QStringList branch =
        method("branchgrpo", {"--set", "method.split_steps=[0,2]", "--set",
                              "credit.rule=branchgrpo", "--set", "sampler.kind=dance_sde"});
    for (int round = 0; round < (full_effort() ? 10 : 1); ++round) {
      QTest::addRow("treegrpo with an average and reference weights, %d", round)
          << with_memory() << 4;
      QTest::addRow("dancegrpo, %d", round) << dance << 2;
      QTest::addRow("mixgrpo, %d", round) << mix << 2;
      QTest::addRow("branchgrpo, %d", round) << branch << 2;
    }
  }
  void a_run_that_is_killed_again_and_again_equals_one_that_is_not() {
    QFETCH(QStringList, config);
    QFETCH(int, kills);
    static QMap<QStringList, QString> left_alone;
    if (!left_alone.contains(config)) left_alone[config] = trained(config);
    const QString straight = left_alone[config];
    QVERIFY2(QFile::exists(straight), qPrintable(straight));
    const QString store = new_store();
    const int survived = train_with_kills(config, store, kills);
    QVERIFY(survived >= 1);
    compare(straight, store);
    QCOMPARE(run_of(store).status, RunStatus::finished);
  }

  void a_run_that_is_stopped_goes_on_with_the_same_values_data() {
    QTest::addColumn<int>("signal");
    QTest::newRow("Ctrl+C") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGHUP") << SIGHUP;
  }
  void a_run_that_is_stopped_goes_on_with_the_same_values() {
    QFETCH(int, signal);
    const QString store = new_store();
    RunningCli running(train({}, 5), store);
    QVERIFY(running.wait_for("iteration", 2));
    running.signal(signal);
    const Finished stopped = running.end();
    QCOMPARE(stopped.code, 5);
    QVERIFY2(stopped.err.contains("'treegrpo resume mine' goes on from there"), stopped.err);
    const RunSummary run = run_of(store);
    QCOMPARE(run.status, RunStatus::stopped);
    QCOMPARE(RunReader(path(store)).checkpoints(run.run).back().iterations, run.iterations);
    QCOMPARE(run_cli({"resume", "mine", "--json"}, store).code, 0);
    // It has one checkpoint more.
    static const QString straight = trained({}, 5);
    compare(straight, store, {"checkpoint"});
  }

  void a_stop_during_an_evaluation_goes_on_too() {
    const QString store = new_store();
    RunningCli running(train({"--set", "evaluation.prompts=700"}, 2), store);
    QVERIFY(running.wait_for("run_started"));
    running.signal(SIGTERM);
    QCOMPARE(running.end().code, 5);
    QCOMPARE(run_of(store).iterations, 0);
    QVERIFY(RunReader(path(store)).evaluations(RunId{1}).empty());
    QCOMPARE(run_cli({"resume", "mine", "--json", "--iterations", "1"}, store).code, 0);
    QCOMPARE(RunReader(path(store)).evaluations(RunId{1}).size(), 2U);
  }

  void a_second_signal_drops_the_iteration_under_way() {
    const QString store = new_store();
    RunningCli running(train({"--set", "checkpoint.every=2"}, 100000), store);
    QVERIFY(running.wait_for("iteration", 3));
    // Both wait for it to go on: no safe point lies between them.
    running.signal(SIGSTOP);
    running.signal(SIGINT);
    running.signal(SIGTERM);
    running.signal(SIGCONT);
    const Finished finished = running.end();
    QCOMPARE(finished.code, 5);
    const std::int32_t done = run_of(store).iterations;
    const auto checkpoints = RunReader(path(store)).checkpoints(RunId{1});
    if (done % 2 == 1) {
      QVERIFY2(finished.err.contains("an unfinished iteration is dropped"), finished.err);
      QCOMPARE(checkpoints.back().iterations, done - 1);
    }
    QCOMPARE(run_cli({"resume", "mine", "--json", "--iterations", QString::number(done + 1)}, store)
                 .code,
             0);
    QCOMPARE(run_of(store).iterations, done + 1);
  }

  void under_nohup_a_terminal_that_goes_away_changes_nothing() {
    const QString store = new_store();
    QProcess process;
    set_store(process, store);
    process.start("nohup", QStringList{program} + train({}, 3));
    QByteArray out;
    while (!out.contains("\"event\":\"iteration\"")) {
      QVERIFY2(process.waitForReadyRead(60000), process.readAllStandardError());
      out += process.readAllStandardOutput();
    }
    ::kill(static_cast<pid_t>(process.processId()), SIGHUP);
    QVERIFY(process.waitForFinished(60000));
    QCOMPARE(process.exitCode(), 0);
    QCOMPARE(run_of(store).status, RunStatus::finished);
  }

  void a_pretraining_that_is_stopped_goes_on() {
    const QString config = folder_.filePath("pretrain.toml");
    QFile file(config);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        "[vae]\nouter_channels = 8\ninner_channels = 8\nencoder_blocks = 1\ndecoder_blocks = 1\n"
        "[dit]\ndepth = 1\nheads = 1\nhead_dim = 8\nword_dim = 8\n[run]\nlog_every = 1\n"
        "[autoencoder]\nsteps = 1000000\nbatch = 4\nevaluate_every = 1000000\n");
    file.close();
    const QStringList pretrain{"pretrain", config, "--out", folder_.filePath("m.safetensors")};
    for (const bool again : {false, true}) {
      QProcess process;
      set_store(process, new_store());
      process.setProcessChannelMode(QProcess::MergedChannels);
      process.start(program, pretrain);
      QByteArray log;
      const QByteArray begun = again ? "going on from step" : "autoencoder step";
      while (!log.contains(begun)) {
        QVERIFY2(process.waitForReadyRead(60000), log);
        log += process.readAll();
      }
      ::kill(static_cast<pid_t>(process.processId()), SIGTERM);
      QVERIFY(process.waitForFinished(60000));
      QCOMPARE(process.exitCode(), 5);
    }
  }

  void a_finished_run_becomes_longer() {
    const QString store = trained({}, 2);
    QVERIFY2(QFile::exists(store), qPrintable(store));
    const Finished longer = run_cli({"resume", "mine", "--iterations", "4", "--json"}, store);
    QCOMPARE(longer.code, 0);
    const auto events = longer.json();
    QCOMPARE(events.front()["event"].get<std::string>(), std::string("run_resumed"));
    QCOMPARE(events.front()["iteration"].get<int>(), 2);
    QCOMPARE(events.back()["event"].get<std::string>(), std::string("run_finished"));
    QCOMPARE(events.back()["iterations"].get<int>(), 4);
    const QString straight = trained({}, 4);
    compare(straight, store, of_the_end());
  }

  void one_run_has_one_writer() {
    const QString store = new_store();
    RunningCli running(train({}, 100000), store);
    QVERIFY(running.wait_for("iteration"));
    const Finished second = run_cli({"resume", "mine"}, store);
    QCOMPARE(second.code, 1);
    QVERIFY2(second.complains_in_one_line(), second.err);
    QVERIFY2(second.err.contains("run 'mine' is being trained by process"), second.err);
    const Finished same_name = run_cli(train({}), store);
    QCOMPARE(same_name.code, 1);
    QVERIFY2(same_name.err.contains("there is a run named 'mine' already"), same_name.err);
    QVERIFY(running.wait_for("iteration", running.told("iteration") + 2));
    QCOMPARE(run_of(store).status, RunStatus::running);
  }

  void of_two_that_resume_a_run_at_once_one_does() {
    const QString store = trained({}, 1);
    QVERIFY2(QFile::exists(store), qPrintable(store));
    const QStringList resume{"resume", "mine", "--iterations", "5", "--json"};
    RunningCli first(resume, store);
    RunningCli second(resume, store);
    const std::array<Finished, 2> ends{first.end(), second.end()};
    QCOMPARE(std::min(ends[0].code, ends[1].code), 0);
    for (const Finished& end : ends) {
      // The later one may also come when all is done.
      if (end.code == 0) continue;
      QCOMPARE(end.code, 1);
      QVERIFY2(end.err.contains("is being trained by process"), end.err);
    }
    QCOMPARE(run_of(store).iterations, 5);
  }

  void two_runs_at_once_in_one_store_come_out_the_same() {
    const QString store = new_store();
    RunningCli first(train({}, 4, "a"), store);
    RunningCli second(train({}, 4, "b"), store);
    QCOMPARE(first.end().code, 0);
    QCOMPARE(second.end().code, 0);
    RunReader reader(path(store));
    const auto one = reader.iterations(RunId{1});
    const auto other = reader.iterations(RunId{2});
    QCOMPARE(one.size(), 4U);
    QCOMPARE(other.size(), 4U);
    for (std::size_t i = 0; i < 4; ++i) {
      QCOMPARE(one[i].reward, other[i].reward);
      QCOMPARE(one[i].grad_norm, other[i].grad_norm);
    }
    QCOMPARE(reader.checkpoints(RunId{1}).back().iterations, 4);
    QCOMPARE(reader.checkpoints(RunId{2}).back().iterations, 4);
  }

  void a_damaged_checkpoint_is_told_with_the_one_before_it() {
    const QString straight = trained({}, 8);
    QVERIFY2(QFile::exists(straight), qPrintable(straight));
    const QString store = trained({}, 7);
    const fs::path checkpoint = last_checkpoint(store);
    QCOMPARE(checkpoint.filename().string(), std::string("checkpoint-000007"));
    const QStringList resume{"resume", "mine", "--iterations", "8"};
    const auto damage = [&](const char* name, const std::function<std::string(std::string)>& how) {
      const std::string whole = read_file(checkpoint / name);
      std::ofstream(checkpoint / name, std::ios::binary) << how(whole);
      refused(resume, store, {"after 7 iterations cannot be used", name, "--checkpoint 6 "});
      std::ofstream(checkpoint / name, std::ios::binary) << whole;
    };
    damage("weights.safetensors", [](const std::string& s) { return s.substr(0, s.size() / 2); });
    damage("optimizer.safetensors", [](std::string s) {
      s[s.size() / 2] = static_cast<char>(s[s.size() / 2] ^ 1);
      return s;
    });
    damage("state.json", [](const std::string&) { return std::string("{\"version\": 1}"); });
    damage("weights.safetensors", [&](const std::string&) {
      return read_file(checkpoint.parent_path() / "checkpoint-000006" / "weights.safetensors");
    });
    std::ofstream(checkpoint / "state.json") << "garbage";
    const Finished earlier = run_cli(resume + QStringList{"--checkpoint", "6"}, store);
    QCOMPARE(earlier.code, 0);
    compare(straight, store, of_the_end());
  }

  void another_model_file_is_refused() {
    const QString model = folder_.filePath("model.safetensors");
    QVERIFY(QFile::copy(QString::fromStdString(resource_path("models/tiny.safetensors").string()),
                        model));
    const QStringList own{"--set", "model.path=" + model};
    const QString store = trained(own, 1);
    QVERIFY2(QFile::exists(store), qPrintable(store));
    QFile file(model);
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.seek(file.size() - 1);
    const char last = file.peek(1).at(0);
    file.putChar(static_cast<char>(last ^ 1));
    file.close();
    refused({"resume", "mine", "--iterations", "2"}, store,
            {"model.safetensors", "fingerprint", "not the one"});
    refused({"evaluate", "--run", "mine"}, store, {"model.safetensors", "fingerprint"});
    file.remove();
    refused({"resume", "mine", "--iterations", "2"}, store, {"model.safetensors"});
  }

  void prompt_files_are_found_from_another_folder() {
    const QString there = folder_.filePath("there");
    QVERIFY(QDir().mkpath(there));
    QFile prompts(there + "/prompts.txt");
    QVERIFY(prompts.open(QIODevice::WriteOnly));
    prompts.write("a red circle\ntwo green circles\nthree blue squares\n");
    prompts.close();
    const QString store = new_store();
    QProcess process;
    set_store(process, store);
    process.setWorkingDirectory(there);
    process.start(program, train({"--set", "prompts.train=prompts.txt"}, 1));
    QVERIFY(process.waitForFinished(60000));
    QCOMPARE(process.exitCode(), 0);
    const Finished finished = run_cli({"resume", "mine", "--iterations", "2"}, store);
    QVERIFY2(finished.code == 0, finished.err);
  }
};

QTEST_GUILESS_MAIN(TestCliResume)
#include "tst_cli_resume.moc"
