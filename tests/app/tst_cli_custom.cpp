// Schedules that a user draws, as processes with the real engine: run, counted, credited, stored.
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <map>
#include <set>

#include "app/cli_process.h"

using namespace treegrpo;
using namespace treegrpo::test;

class TestCliCustom : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  // "3*.7t" is a step with branch 3, noise .7, that trains; "2*.5" does not train; "." is an ODE
  // step. Separated by spaces.
  QString drawn(const QString& steps, int trees, const char* rule = "treegrpo") {
    QByteArray toml = QString(
                          "[method]\nname = 'custom'\ntrees = %1\n"
                          "[sampler]\nsteps = %2\n[credit]\nrule = '%3'\n"
                          "[prompts]\nper_iteration = 2\n[evaluation]\nprompts = 7\n")
                          .arg(trees)
                          .arg(steps.split(' ').size())
                          .arg(rule)
                          .toUtf8();
    for (const QString& step : steps.split(' ')) {
      toml += "[[schedule.step]]\n";
      if (step == ".") continue;
      QString noise = step.section('*', 1);
      const bool trains = noise.endsWith('t');
      if (trains) noise.chop(1);
      toml += QString("branch = %1\nnoise_level = 0%2\ntrain = %3\n")
                  .arg(step.section('*', 0, 0), noise, trains ? "true" : "false")
                  .toUtf8();
    }
    const QString path = folder_.filePath("drawn.toml");
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)) qFatal("unwritten");
    file.write(toml);
    return path;
  }

  // What a stored tree is, counted on its nodes.
  struct Counted {
    int roots = 0, leaves = 0, inner = 0, trained_edges = 0;
    std::set<int> trained_parents, trees;
    std::map<std::string, int> kinds;
  };
  static Counted counted(const nlohmann::json& tree) {
    Counted counts;
    for (const auto& node : tree["nodes"]) {
      counts.trees.insert(node["tree"].get<int>());
      ++counts.kinds[node["kind"].get<std::string>()];
      counts.roots += node["parent"].is_null() ? 1 : 0;
      ++(node["reward"].is_null() ? counts.inner : counts.leaves);
      if (node["advantage"].is_null()) continue;
      ++counts.trained_edges;
      counts.trained_parents.insert(node["parent"].get<int>());
    }
    return counts;
  }

 private Q_SLOTS:
  void whatever_is_drawn_runs_and_is_counted_and_credited_data() {
    QTest::addColumn<QString>("steps");
    QTest::addColumn<int>("trees");
    QTest::addColumn<QString>("rule");
    const QString rule = "treegrpo";
    QTest::newRow("a window") << ". 3*.7t 2*.7t . ." << 1 << rule;
    QTest::newRow("several roots without a branch") << "1*.7t 1*.7t ." << 5 << rule;
    QTest::newRow("several roots that branch") << "2*.7t . 2*.9t ." << 3 << rule;
    QTest::newRow("branches that do not train") << "3*.7 1*.5t 2*.7 ." << 1 << rule;
    QTest::newRow("noise that does not train") << "1*.7 2*.7t 1*.3 ." << 2 << rule;
    QTest::newRow("training without a branch before one") << "1*.7t . 4*.7t ." << 1 << rule;
    QTest::newRow("z-scores by depth") << "2*.7t 1*.7t 2*.5t ." << 2 << "branchgrpo";
    QTest::newRow("differences of siblings") << "2*.7t . 3*.7t ." << 1 << "dtreerpo";
  }
  void whatever_is_drawn_runs_and_is_counted_and_credited() {
    QFETCH(QString, steps);
    QFETCH(int, trees);
    QFETCH(QString, rule);
    const QString config = drawn(steps, trees, rule.toUtf8());
    const QString store = folder_.filePath("runs.tgws");
    QFile::remove(store);
    const auto schedule = run_cli({"schedule", config, "--json"}, store).json().at(0);
    QCOMPARE(schedule["roots"].get<int>(), trees);

    const Finished trained = run_cli({"train", config, "--json", "--iterations", "2"}, store);
    QVERIFY2(trained.code == 0, trained.err);
    int iterations = 0;
    for (const auto& event : trained.json()) {
      if (event["event"] != "iteration") continue;
      ++iterations;
      QCOMPARE(event["skipped_groups"].get<int>(), 0);
      for (const char* key : {"nfe", "trained_passes", "forward_passes", "leaves"})
        QVERIFY2(event[key] == 2 * schedule[key].get<int>(), key);
      QVERIFY(event["window_start"].is_null());
      QVERIFY(std::isfinite(event["loss"].get<double>()));
    }
    QCOMPARE(iterations, 2);

    for (const char* prompt : {"0", "1"}) {
      const Finished shown =
          run_cli({"show", "1", "--iteration", "1", "--prompt", prompt, "--json"}, store);
      QVERIFY2(shown.code == 0, shown.err);
      const Counted counts = counted(shown.json().at(0));
      QCOMPARE(counts.roots, trees);
      QCOMPARE(static_cast<int>(counts.trees.size()), trees);
      QCOMPARE(counts.leaves, schedule["leaves"].get<int>());
      QCOMPARE(counts.inner, schedule["nfe"].get<int>());
      QCOMPARE(counts.trained_edges, schedule["trained_edges"].get<int>());
      QCOMPARE(static_cast<int>(counts.trained_parents.size()),
               schedule["trained_passes"].get<int>());
      QCOMPARE(counts.kinds.at("root"), trees);
    }
    const Finished text = run_cli({"show", "1", "--trace"}, store);
    QVERIFY(text.code == 0 && text.out.contains("advantage"));
  }

  void what_cannot_run_is_told_with_its_line_and_key_data() {
    QTest::addColumn<QString>("steps");
    QTest::addColumn<int>("trees");
    QTest::addColumn<QByteArrayList>("named");
    QTest::newRow("noise in the last step")
        << "2*.7t 1*.7" << 1 << QByteArrayList{"line 18", "schedule.step.1.noise_level"};
    QTest::newRow("a trained ODE step")
        << "2*.7t 1*.0t ." << 1 << QByteArrayList{"line 19", "schedule.step.1.train"};
    QTest::newRow("a branch without noise")
        << "2*.0 1*.7t ." << 1 << QByteArrayList{"line 13", "schedule.step.0.branch"};
    QTest::newRow("too many leaves")
        << "80*.7t 80*.7 ." << 1
        << QByteArrayList{"schedule.max_leaves", "[[schedule.step]]", "method.trees"};
    QTest::newRow("one leaf") << "1*.7t ." << 1
                              << QByteArrayList{"one image", "[[schedule.step]]", "method.trees"};
    QTest::newRow("nothing trains") << "3*.7 ." << 1 << QByteArrayList{"[[schedule.step]] trains"};
  }
  void what_cannot_run_is_told_with_its_line_and_key() {
    QFETCH(QString, steps);
    QFETCH(int, trees);
    QFETCH(QByteArrayList, named);
    const QString store = folder_.filePath("refused.tgws");
    const QString config = drawn(steps, trees);
    for (const char* command : {"schedule", "train"}) {
      const Finished finished = run_cli({command, config}, store);
      QCOMPARE(finished.code, 3);
      QVERIFY2(finished.complains_in_one_line(), finished.err);
      for (const QByteArray& word : named) QVERIFY2(finished.err.contains(word), finished.err);
    }
    QVERIFY(!QFile::exists(store));
  }
};

QTEST_GUILESS_MAIN(TestCliCustom)
#include "tst_cli_custom.moc"
