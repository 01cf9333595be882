// A run is followed and steered through its store alone. The run of these tests is of this process;
// the follower does not know.
#include <sys/wait.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

#include "support/fake_engine.h"
#include "workbench/run_follower.h"
#include "workbench/workbench.h"

using namespace treegrpo;
using treegrpo::test::FakeEngine;

namespace {

constexpr int patience = 30000;  // milliseconds: machines may be busy

RunConfig config_of(int iterations) {
  RunConfig config;
  config.run.iterations = iterations;
  config.prompts.per_iteration = 2;
  config.model.path = "model.safetensors";
  return config;
}

SteeringCommand edit(std::vector<std::string> assignments) {
  return {.what = Steering::edit,
          .edit = {.assignments = std::move(assignments), .author = "ada@lab"}};
}

// What a follower tells, a word an event.
class Told {
 public:
  explicit Told(RunFollower& follower) : follower_(follower) {}

  bool waits_for(const QString& word, qsizetype count = 1) {
    return QTest::qWaitFor([&] { return words().count(word) >= count; }, patience);
  }
  const QStringList& words() {
    for (const StreamedEvent& streamed : follower_.events().drain()) take(streamed.event);
    return words_;
  }
  const QString& sentence() const { return sentence_; }
  std::int32_t newest() const { return newest_; }

 private:
  void take(const Event& event) {
    if (std::holds_alternative<RunResumed>(event)) words_ << "goes on";
    if (std::holds_alternative<RunPaused>(event)) words_ << "paused";
    if (const auto* change = std::get_if<ParameterChanged>(&event))
      words_ << QString::fromStdString(change->key + "=" + change->new_value);
    if (std::holds_alternative<EvaluationFinished>(event)) words_ << "evaluation";
    if (std::holds_alternative<CheckpointWritten>(event)) words_ << "checkpoint";
    if (const auto* end = std::get_if<RunFinished>(&event))
      words_ << QString::fromStdString(run_status_name(end->status));
    if (const auto* failure = std::get_if<RunFailed>(&event))
      sentence_ = QString::fromStdString(failure->sentence), words_ << "failed";
    if (const auto* warning = std::get_if<Warning>(&event))
      sentence_ = QString::fromStdString(warning->sentence), words_ << "warning";
    if (const auto* finished = std::get_if<IterationFinished>(&event)) {
      newest_ = finished->record->iteration;
      words_ << "iteration" << (finished->trees.size() == 2 ? "trees" : "no trees");
    }
  }

  RunFollower& follower_;
  QStringList words_;
  QString sentence_;
  std::int32_t newest_ = -1;
};

}  // namespace

class TestRunFollower : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  int stores_ = 0;

  std::filesystem::path new_store() {
    return folder_.filePath(QString("%1.tgws").arg(++stores_)).toStdString();
  }

  // A run that takes some milliseconds an iteration, once the store has it.
  static std::unique_ptr<RunThread> start(Workbench& workbench, const RunConfig& config) {
    auto run = workbench.start(config);
    run->events().wait_and_drain(std::chrono::seconds(20));
    return run;
  }
  static Workbench::LoadEngine slow(test::FakeEngineOptions options = {}) {
    options.level_time = std::chrono::milliseconds(1);
    return [options] { return std::make_shared<FakeEngine>(options); };
  }

 private Q_SLOTS:
  void a_run_is_followed_paused_stepped_and_stopped() {
    Workbench workbench(new_store(), slow());
    const auto run = start(workbench, config_of(100000));
    RunFollower follower(workbench.store(), {1});
    Told told(follower);
    QVERIFY(told.waits_for("trees", 3));
    QCOMPARE(told.words().first(), QString("goes on"));
    QVERIFY(told.waits_for("checkpoint"));

    follower.steer({.what = Steering::pause});
    QVERIFY(told.waits_for("paused"));
    QCOMPARE(follower.news()->status, RunStatus::paused);
    const std::int32_t held = told.newest();
    follower.steer({.what = Steering::step, .unit = SafePoint::iteration});
    QVERIFY(told.waits_for("paused", 2));
    QVERIFY(told.newest() == held || told.newest() == held + 1);
    follower.steer({.what = Steering::resume});
    QVERIFY(told.waits_for("goes on", 2));

    follower.steer({.what = Steering::stop});
    QVERIFY(told.waits_for("stopped"));
    QTRY_VERIFY_WITH_TIMEOUT(follower.done(), patience);
    QCOMPARE(told.newest() + 1, workbench.runs().front().iterations);
  }

  void options_are_changed_and_what_waits_is_counted_and_taken_back() {
    Workbench workbench(new_store(), slow());
    const auto run = start(workbench, config_of(100000));
    RunFollower follower(workbench.store(), {1});
    Told told(follower);
    follower.steer({.what = Steering::pause});
    QVERIFY(told.waits_for("paused"));
    follower.steer(
        {.what = Steering::edit,
         .edit = {.assignments = {"method.window=2", "method.branch=2"}, .author = "ada@lab"}});
    QCOMPARE(follower.pending_edits(), 2);
    QTRY_COMPARE_WITH_TIMEOUT(run->control().pending_edits(), 2, patience);
    QCOMPARE(follower.pending_edits(), 2);
    follower.steer({.what = Steering::discard});
    QCOMPARE(follower.pending_edits(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(run->control().pending_edits(), 0, patience);

    follower.steer(edit({"method.window=2"}));
    follower.steer(edit({"method.window=99"}));
    QVERIFY(told.waits_for("warning"));
    QVERIFY2(told.sentence().contains("window"), qPrintable(told.sentence()));
    follower.steer({.what = Steering::resume});
    QVERIFY(told.waits_for("method.window=2"));
    QCOMPARE(follower.pending_edits(), 0);
  }

  void what_changes_nothing_does_not_wait_for_ever() {
    Workbench workbench(new_store(), slow());
    const auto run = start(workbench, config_of(100000));
    RunFollower follower(workbench.store(), {1});
    Told told(follower);
    QVERIFY(told.waits_for("trees"));
    follower.steer(edit({"prompts.per_iteration=2"}));
    QTRY_COMPARE_WITH_TIMEOUT(follower.pending_edits(), 0, patience);
    QVERIFY(!told.words().contains("prompts.per_iteration=2"));
  }

  void how_a_run_ends_is_told_data() {
    QTest::addColumn<int>("throws_in");
    QTest::addColumn<QString>("end");
    QTest::newRow("finished") << -1 << "finished";
    QTest::newRow("failed") << 30 << "failed";
  }
  void how_a_run_ends_is_told() {
    QFETCH(int, throws_in);
    QFETCH(QString, end);
    Workbench workbench(new_store(), slow({.throws_in_iteration = throws_in}));
    const auto run = start(workbench, config_of(60));
    RunFollower follower(workbench.store(), {1});
    Told told(follower);
    QVERIFY(told.waits_for(end));
    QVERIFY(end != "failed" || told.sentence().contains("gave no number"));
    RunFollower late(workbench.store(), {1});
    QVERIFY(Told(late).waits_for(end));
  }

  void a_run_whose_process_is_gone_ends_as_interrupted() {
    const auto store = new_store();
    const pid_t child = ::fork();
    if (child == 0) {
      RunWriter writer(store);
      writer.create_run({.config = config_of(5), .config_toml = "", .provenance = {}});
      writer.set_status(RunStatus::running);
      ::_exit(0);
    }
    ::waitpid(child, nullptr, 0);
    RunFollower follower(store, {1});
    Told told(follower);
    QVERIFY(told.waits_for("interrupted"));
    QCOMPARE(follower.news()->process->pid, std::int64_t{child});
    QVERIFY(!follower.news()->process->own);
    follower.steer({.what = Steering::pause});  // to nobody
    QTRY_VERIFY_WITH_TIMEOUT(follower.done(), patience);
  }

  void a_store_that_cannot_be_read_ends_it_with_a_sentence() {
    RunFollower follower(new_store(), {1});
    Told told(follower);
    QVERIFY(told.waits_for("warning"));
    QVERIFY2(told.sentence().contains("no longer followed"), qPrintable(told.sentence()));
    QTRY_VERIFY_WITH_TIMEOUT(follower.done(), patience);
  }
};

QTEST_GUILESS_MAIN(TestRunFollower)
#include "tst_run_follower.moc"
