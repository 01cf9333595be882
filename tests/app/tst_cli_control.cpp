// A run in one process that another one steers: what was changed on the way is what a resumed copy
// repeats.
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

#include "app/cli_process.h"
#include "app/store_values.h"
#include "base/paths.h"
#include "store/run_reader.h"

using namespace treegrpo;
using namespace treegrpo::test;

namespace fs = std::filesystem;

class TestCliControl : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  static QStringList train(int iterations) {
    QStringList arguments = {"train",
                             tiny_config,
                             "--json",
                             "--name",
                             "mine",
                             "--iterations",
                             QString::number(iterations)};
    for (const char* set : {"prompts.per_iteration=2", "method.window=2", "method.branch=2",
                            "sampler.steps=4", "evaluation.prompts=7", "evaluation.every=0"})
      arguments += {"--set", set};
    return arguments;
  }

  static RunReader reader(const QString& store) { return RunReader(fs::path(store.toStdString())); }

  static bool waits_for_status(const QString& store, RunStatus status) {
    return QTest::qWaitFor([&] { return reader(store).runs().front().status == status; }, 30000);
  }

  static std::size_t leaves_of(const QString& store, std::int32_t iteration) {
    return leaves(reader(store).tree({1}, iteration, {0})).size();
  }

 private Q_SLOTS:
  void a_run_is_paused_changed_stopped_and_repeated() {
    const QString store = folder_.filePath("runs.tgws");
    RunningCli running(train(1000), store);
    QVERIFY(running.wait_for("iteration", 2));
    QCOMPARE(run_cli({"control", "mine", "pause"}, store).code, 0);
    QVERIFY(waits_for_status(store, RunStatus::paused));

    QCOMPARE(run_cli(QStringList{"control", "mine", "set"} + moved_, store).code, 0);
    const Finished refused = run_cli({"control", "mine", "set", "method.window=4"}, store);
    QVERIFY2(refused.code == 3 && refused.complains_in_one_line(), refused.err);
    QCOMPARE(run_cli({"control", "1", "resume"}, store).code, 0);
    QVERIFY(running.wait_for("parameter_changed", 3));
    QVERIFY(running.wait_for("iteration", running.told("iteration") + 2));
    QCOMPARE(run_cli({"control", "mine", "stop"}, store).code, 0);
    QCOMPARE(running.end().code, 5);

    const auto changes = reader(store).parameter_changes({1});
    QCOMPARE(changes.size(), std::size_t{3});
    const std::int32_t changed = changes[0].iteration;
    QCOMPARE(leaves_of(store, changed - 1), std::size_t{4});
    QCOMPARE(leaves_of(store, changed), std::size_t{9});
    check_cost(reader(store).iteration({1}, changed));
    check_repeats(store, changed);
  }

 private:
  // The window moved to step 1, more children.
  const QStringList moved_ = {"method.window_rule=fixed", "method.window_start=1",
                              "method.branch=3"};

  // The iteration did what was foretold.
  void check_cost(const IterationRecord& record) {
    QStringList arguments = {"schedule", tiny_config, "--json", "--iteration",
                             QString::number(record.iteration)};
    for (const QString& set : QStringList{"method.window=2", "sampler.steps=4"} + moved_)
      arguments += {"--set", set};
    const nlohmann::json foretold = run_cli(arguments, folder_.filePath("none.tgws")).json().at(0);
    QCOMPARE(record.nfe, 2 * foretold["nfe"].get<std::int64_t>());
    QCOMPARE(record.trained_passes, 2 * foretold["trained_passes"].get<std::int64_t>());
    QCOMPARE(record.leaves, 2 * foretold["leaves"].get<std::int64_t>());
    QCOMPARE(record.window_start, 1);
  }

  // Goes back to the checkpoint before the change, and trains the same iterations again.
  void check_repeats(const QString& store, std::int32_t changed) {
    const QString copy = folder_.filePath("copy.tgws");
    fs::copy(store.toStdString(), copy.toStdString());
    fs::copy((store + ".files").toStdString(), (copy + ".files").toStdString(),
             fs::copy_options::recursive);
    const std::int32_t done = reader(store).runs().front().iterations;
    const Finished again =
        run_cli({"resume", "mine", "--json", "--checkpoint", QString::number(changed),
                 "--iterations", QString::number(done)},
                copy, 120000);
    QVERIFY2(again.code == 0, again.err);
    // The last iteration that is planned keeps all its pictures, and the copy plans fewer.
    const std::vector<std::string> apart = {"run",        "evaluation", "probe", "probe_picture",
                                            "checkpoint", "command",    "image"};
    const std::string difference = first_difference(store_values(store.toStdString(), apart),
                                                    store_values(copy.toStdString(), apart));
    QVERIFY2(difference.empty(), difference.c_str());
  }

 private Q_SLOTS:
  void what_nobody_can_do_is_refused() {
    const QString store = folder_.filePath("runs.tgws");
    for (const QStringList& arguments :
         {QStringList{"control", "mine", "pause"}, QStringList{"control", "nobody", "pause"},
          QStringList{"control", "mine", "sing"}, QStringList{"control", "mine", "set"},
          QStringList{"control", "mine", "step", "leap"},
          QStringList{"control", "mine", "pause", "now"}}) {
      const Finished refused = run_cli(arguments, store);
      QVERIFY2(refused.code != 0 && refused.complains_in_one_line(), refused.err);
    }
  }
};

QTEST_GUILESS_MAIN(TestCliControl)
#include "tst_cli_control.moc"
