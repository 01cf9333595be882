// `treegrpo evaluate` as a process, with the real engine and the bundled model.
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "app/cli_process.h"
#include "base/paths.h"

using namespace treegrpo;
using namespace treegrpo::test;

class TestCliEvaluate : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  const QString model_ = QString::fromStdString(resource_path("models/tiny.safetensors").string());
  std::vector<nlohmann::json> told_;  // evaluations of the run

  QString store() { return folder_.filePath("runs.tgws"); }

  QString file_of(const char* name, const QByteArray& text) {
    QFile file(folder_.filePath(name));
    if (!file.open(QIODevice::WriteOnly)) qFatal("unwritten");
    file.write(text);
    return file.fileName();
  }

  nlohmann::json evaluated(const QStringList& more) {
    const Finished finished = run_cli(QStringList{"evaluate", "--json"} + more, store());
    if (finished.code != 0) qWarning("%s", finished.err.constData());
    const auto lines = finished.json();
    return lines.size() == 1 ? lines[0] : nlohmann::json();
  }

  static std::string without_seconds(nlohmann::json object) {
    object.erase("seconds");
    return object.dump();
  }

 private Q_SLOTS:
  void initTestCase() {
    const Finished finished = run_cli({"train",
                                       tiny_config,
                                       "--json",
                                       "--name",
                                       "mine",
                                       "--iterations",
                                       "4",
                                       "--set",
                                       "prompts.per_iteration=2",
                                       "--set",
                                       "method.window=2",
                                       "--set",
                                       "method.branch=2",
                                       "--set",
                                       "evaluation.prompts=14",
                                       "--set",
                                       "evaluation.every=2",
                                       "--set",
                                       "checkpoint.every=2",
                                       "--set",
                                       "ema.decay=0.9",
                                       "--set",
                                       "optimizer.learning_rate=1e-3"},
                                      store());
    QVERIFY2(finished.code == 0, finished.err);
    for (const auto& event : finished.json())
      if (event["event"] == "evaluation") told_.push_back(event);
    QCOMPARE(told_.size(), 3U);
  }

  void a_checkpoint_has_the_scores_that_its_run_had_there() {
    const auto last = evaluated({"--run", "mine"});
    QCOMPARE(without_seconds(last), without_seconds(told_[2]));
    const auto earlier = evaluated({"--run", "1", "--checkpoint", "2"});
    QCOMPARE(without_seconds(earlier), without_seconds(told_[1]));
    QVERIFY(earlier["reward"] != last["reward"]);
    QCOMPARE(keys(last), keys(told_[0]));
  }

  void a_model_has_the_scores_of_the_beginning_and_belongs_to_no_run() {
    auto scores = evaluated({"--model", model_, "--config", tiny_config, "--set",
                             "evaluation.prompts=14", "--set", "run.threads=2"});
    QVERIFY(scores["run"].is_null() && scores["iteration"].is_null());
    QCOMPARE(keys(scores), keys(told_[0]));
    scores["run"] = 1;
    scores["iteration"] = 0;
    QCOMPARE(without_seconds(scores), without_seconds(told_[0]));
  }

  void an_exported_model_has_the_scores_of_its_checkpoint() {
    const QString out = folder_.filePath("exported.safetensors");
    const QStringList exporting = {"export-model", "mine", "--checkpoint", "2", "--out", out};
    const Finished finished = run_cli(exporting, store());
    QVERIFY2(finished.code == 0, finished.err);
    QVERIFY(finished.out.contains("after 2 iterations, averaged"));
    auto scores = evaluated({"--model", out, "--config", tiny_config, "--set",
                             "evaluation.prompts=14", "--set", "run.threads=2"});
    scores["run"] = 1;
    scores["iteration"] = 2;
    QCOMPARE(without_seconds(scores), without_seconds(told_[1]));

    const Finished again = run_cli(exporting, store());
    QCOMPARE(again.code, 1);
    QVERIFY2(again.complains_in_one_line() && again.err.contains("--force"), again.err);
    QCOMPARE(run_cli(exporting + QStringList{"--force", "--json"}, store()).code, 0);
    const Finished lost =
        run_cli({"export-model", "mine", "--checkpoint", "3", "--out", "x"}, store());
    QVERIFY2(lost.code == 1 && lost.err.contains("2, 4"), lost.err);
  }

  void leaves_are_grown_again_from_a_node_and_listed() {
    const QStringList tree = {"regrow", "mine", "--iteration", "0", "--prompt", "0"};
    const auto grown = [&](const QStringList& more) {
      const Finished finished = run_cli(tree + more, store());
      return finished.code == 0 ? finished.json() : std::vector<nlohmann::json>();
    };
    QVERIFY(grown({"--json"}).empty());
    const QStringList from = {"--node", "1", "--leaves", "3", "--checkpoint", "2", "--json"};
    const auto first = grown(from + QStringList{"--seed", "5"});
    const auto same = grown(from + QStringList{"--seed", "5"});
    const auto other = grown(from + QStringList{"--seed", "6"});
    QVERIFY(first.size() == 1 && same.size() == 1 && other.size() == 1);
    const auto rewards = [](const nlohmann::json& object) {
      std::vector<double> all;
      for (const auto& node : object["nodes"])
        if (!node["reward"].is_null()) all.push_back(node["reward"].get<double>());
      return all;
    };
    QCOMPARE(rewards(first[0]).size(), std::size_t{3});
    QCOMPARE(rewards(first[0]), rewards(same[0]));
    QVERIFY(rewards(first[0]) != rewards(other[0]));
    QCOMPARE(first[0]["from_node"].get<int>(), 1);
    QCOMPARE(grown({"--json"}).size(), std::size_t{3});
    const Finished leaf = run_cli(tree + QStringList{"--node", "999"}, store());
    QVERIFY2(leaf.code == 2 && leaf.complains_in_one_line(), leaf.err);
  }

  // The bundled model: with the weights that grew a tree its stored pictures come out again.
  void the_way_to_a_node_is_drawn_as_it_was() {
    const QString out = folder_.filePath("drawn");
    const auto drawn = [&](const QStringList& more) {
      const Finished finished = run_cli(
          QStringList{"draw", "mine", "--prompt", "1", "--json", "--out", out} + more, store());
      if (finished.code != 0) qWarning("%s", finished.err.constData());
      return finished.code == 0 ? finished.json()[0] : nlohmann::json();
    };
    const auto shown =
        run_cli({"show", "mine", "--iteration", "0", "--prompt", "1", "--json"}, store()).json();
    const auto leaf = QString::number(shown[0]["nodes"].size() - 1);
    for (const char* iteration : {"0", "2"}) {
      const auto exact = drawn({"--iteration", iteration, "--node", leaf});
      QVERIFY(exact["exact"].get<bool>());
      QCOMPARE(exact["picture_difference"].get<int>(), 0);
    }
    const auto other = drawn({"--iteration", "0", "--node", leaf, "--checkpoint", "4"});
    QVERIFY(!other["exact"].get<bool>() && other["picture_difference"].get<int>() > 0);
    const auto steps = other["steps"].get<int>();
    QCOMPARE(QDir(out).entryList({"*.png"}).size(), 2 * steps);
    const auto bytes = [&](const QString& name) {
      QFile file(QDir(out).filePath(name));
      return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QString last = QString("step-%1-").arg(steps - 1);
    QCOMPARE(bytes(last + "x0.png"), bytes(last + "xt.png"));
    QVERIFY(bytes("step-0-x0.png") != bytes("step-0-xt.png"));
    const Finished none = run_cli(
        {"draw", "mine", "--iteration", "0", "--prompt", "1", "--node", "999", "--out", out},
        store());
    QVERIFY2(none.code == 2 && none.complains_in_one_line(), none.err);
  }

  void a_model_needs_no_store() {
    const Finished finished =
        run_cli({"evaluate", "--model", model_, "--set", "evaluation.prompts=7"},
                folder_.filePath("nowhere.tgws"));
    QVERIFY2(finished.code == 0, finished.err);
    QVERIFY(finished.out.contains("tiny.safetensors"));
    QVERIFY(finished.out.contains("single") && finished.out.contains("all"));
    QVERIFY(!QFile::exists(folder_.filePath("nowhere.tgws")));
  }

  void prompts_of_ones_own_are_all_used() {
    const QString prompts =
        file_of("prompts.txt", "a red circle\n# a remark\ntwo green circles\na blue square\n");
    const auto scores = evaluated({"--run", "mine", "--prompts", prompts});
    int n = 0;
    for (const auto& task : scores["by_task"]) n += task["n"].get<int>();
    QCOMPARE(n, 3);
    const auto fewer =
        evaluated({"--run", "mine", "--prompts", prompts, "--set", "evaluation.prompts=2"});
    n = 0;
    for (const auto& task : fewer["by_task"]) n += task["n"].get<int>();
    QCOMPARE(n, 2);
  }

  void what_cannot_be_evaluated_is_one_sentence() {
    struct Row {
      QStringList arguments;
      int code;
      const char* named;
    };
    const QString words = file_of("words.txt", "a red dog\n");
    const QString config = file_of("config.toml", "[evaluation]\nsteps = 10\nprompts = \"x\"\n");
    for (const Row& row :
         {Row{{"--model", "none.safetensors"}, 1, "none.safetensors"},
          Row{{"--run", "nobody"}, 1, "nobody"},
          Row{{"--run", "mine", "--checkpoint", "3"}, 1, "2, 4"},
          Row{{"--model", model_, "--prompts", "none.txt"}, 3, "none.txt"},
          Row{{"--model", model_, "--prompts", words}, 3, "dog"},
          Row{{"--model", model_, "--config", config}, 3, "line 3"},
          Row{{"--model", model_, "--set", "evaluation.stps=3"}, 3, "evaluation.steps"},
          Row{{"--run", "mine", "--set", "evaluation.steps=0"}, 3, "evaluation.steps"}}) {
      const Finished finished = run_cli(QStringList{"evaluate"} + row.arguments, store());
      QVERIFY2(finished.code == row.code, finished.err);
      QVERIFY2(finished.complains_in_one_line(), finished.err);
      QVERIFY2(finished.err.contains(row.named), finished.err);
    }
  }
};

QTEST_GUILESS_MAIN(TestCliEvaluate)
#include "tst_cli_evaluate.moc"
