// The program as a process: runs filtered, grouped and compared.
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "app/cli_process.h"
#include "support/fake_engine.h"
#include "workbench/workbench.h"

using namespace treegrpo;
using namespace treegrpo::test;

class TestCliCompare : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  QString store_ = folder_.filePath("made.tgws");

  // Two methods of two seeds each, of three iterations.
  void make_store() {
    Workbench workbench(store_.toStdString(), [] { return std::make_shared<FakeEngine>(); });
    for (const char* method : {"treegrpo", "mixgrpo"})
      for (const std::uint64_t seed : {1, 2}) {
        RunConfig config;
        config.run.name = std::string(method) + "-" + std::to_string(seed);
        config.run.seed = seed;
        config.run.iterations = 3;
        config.method.name = method;
        config.prompts.per_iteration = 1;
        config.model.path = "model.safetensors";
        RunControl control;
        workbench.train(config, control, [](RunId, const Event&) {});
      }
    workbench.add_tags({1}, std::vector<std::string>{"paper"});
  }

  Finished cli(const QStringList& arguments) { return run_cli(arguments, store_); }

  QStringList names(const QString& filter) {
    QStringList list;
    for (const auto& run : cli({"runs", "--json", "--filter", filter}).json())
      list << QString::fromStdString(run["name"].get<std::string>());
    return list;
  }

 private Q_SLOTS:
  void initTestCase() { make_store(); }

  void runs_are_filtered_by_parameters_metrics_and_tags() {
    QCOMPARE(names(R"(method == "mixgrpo" and run.seed > 1)"), QStringList{"mixgrpo-2"});
    QCOMPARE(names(R"(tag("paper"))"), QStringList{"treegrpo-1"});
    QCOMPARE(names("has(reward) and iterations == 3 and seed == 1"),
             QStringList({"treegrpo-1", "mixgrpo-1"}));
    QCOMPARE(names("reward.scene.weight > 2"), QStringList{});
  }

  void runs_are_grouped_over_their_seeds() {
    std::vector<std::string> groups;
    for (const auto& run : cli({"runs", "--json", "--group-by", "seed"}).json())
      groups.push_back(run["group"].get<std::string>());
    QCOMPARE(groups, (std::vector<std::string>{"A", "A", "B", "B"}));
    QVERIFY(cli({"runs", "--group-by", "seed"}).out.startsWith("A (n = 2)\n"));
  }

  void a_comparison_has_groups_means_targets_and_differences() {
    const Finished finished = cli({"compare", "1", "2", "3", "4", "--target", "-100", "--json"});
    QCOMPARE(finished.code, 0);
    const auto object = finished.json().front();
    QCOMPARE(object["groups"].size(), std::size_t{2});
    const auto& second = object["groups"][1];
    QCOMPARE(second["runs"][0].get<std::string>(), std::string("mixgrpo-1"));
    QCOMPARE(second["n"].get<int>(), 2);
    QCOMPARE(second["at"].get<int>(), 2);
    QCOMPARE(second["time_to_target"].get<int>(), 0);
    QCOMPARE(second["sooner"]["ratio"].get<int>(), 1);
    QCOMPARE(second["curve"]["x"].size(), std::size_t{3});
    QCOMPARE(object["config"][0]["key"].get<std::string>(), std::string("method.name"));
    const auto mean = cli({"compare", "1", "2", "--x", "nfe", "--target", "1e9", "--json"}).json();
    QCOMPARE(mean.front()["groups"][0]["time_to_target"].get<std::string>(),
             std::string("not_reached"));
  }

  void a_comparison_is_read_by_people_too() {
    const Finished finished = cli({"compare", "1", "2", "3", "--at", "9", "--target", "1e9"});
    QCOMPARE(finished.code, 0);
    for (const char* text :
         {"A (n = 0)  treegrpo: no value", "B reaches reward 1e+09: not reached",
          "method.name:", "'mixgrpo-1' has no 'reward' at 9 iterations; it has it from 0 to 2",
          "B is one run: it has no band", "the seeds do not match"})
      QVERIFY2(finished.out.contains(text), finished.out);
  }

  void an_export_is_a_new_folder_of_files() {
    const auto made = [&](const char* format) {
      const QString out = folder_.filePath(format);
      if (cli({"export", "1", "--format", format, "--out", out}).code != 0) return QStringList();
      return QDir(out).entryList(QDir::Files);
    };
    QCOMPARE(made("csv"), QStringList({"evaluations.csv", "iterations.csv", "nodes.csv"}));
    QCOMPARE(made("json"), QStringList({"evaluations.jsonl", "iterations.jsonl", "trees.jsonl"}));
    QCOMPARE(made("tensorboard"), QStringList{"events.out.tfevents.0000000001.treegrpo"});
    QFile table(folder_.filePath("csv/iterations.csv"));
    QVERIFY(table.open(QIODevice::ReadOnly));
    QCOMPARE(table.readAll().count('\n'), 4);
    QFile lines(folder_.filePath("json/iterations.jsonl"));
    QVERIFY(lines.open(QIODevice::ReadOnly));
    QCOMPARE(lines.readAll().count('\n'), 3);
    QVERIFY(made("csv").isEmpty());  // what is there is left alone
  }

  void what_cannot_be_done_is_one_sentence_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("said");
    const auto row = [](const char* name, const QStringList& arguments, int code,
                        const char* said) {
      QTest::newRow(name) << arguments << code << QByteArray(said);
    };
    row("empty filter", {"runs", "--filter", ""}, 2, "the filter, column 1: it is empty");
    row("name", {"runs", "--filter", "rewart > 1"}, 2,
        "column 1: there is no name rewart; did you");
    row("kind", {"runs", "--filter", "method > 1"}, 2, "column 10: expected a text in quotes");
    row("key", {"runs", "--group-by", "sead"}, 2, "did you mean run.seed?");
    row("run", {"compare", "1", "treegrpo-3"}, 1, "did you mean 'treegrpo-");
    row("metric", {"compare", "1", "--metric", "rewrad"}, 2, "none of the runs has the metric");
    row("axis", {"compare", "1", "--x", "epochs"}, 2, "--x");
    row("no run", {"compare"}, 2, "RUN");
  }
  void what_cannot_be_done_is_one_sentence() {
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QByteArray, said);
    const Finished finished = cli(arguments);
    QVERIFY2(finished.code == code, finished.err);
    QVERIFY(finished.complains_in_one_line() && finished.out.isEmpty());
    QVERIFY2(finished.err.contains(said), finished.err);
  }
};

QTEST_GUILESS_MAIN(TestCliCompare)
#include "tst_cli_compare.moc"
