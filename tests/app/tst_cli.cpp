// The program as a process, as far as it needs no engine: usage, exit codes, stored runs.
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "app/cli_process.h"
#include "support/fake_engine.h"
#include "workbench/workbench.h"

using namespace treegrpo;
using namespace treegrpo::test;

class TestCli : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  QString path(const char* name) { return folder_.filePath(name); }
  QString store() { return path("runs.tgws"); }

  void write(const QString& file, const QByteArray& text) {
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(text);
  }

 private Q_SLOTS:
  void initTestCase() {
    Workbench workbench(store().toStdString(), [] { return std::make_shared<FakeEngine>(); });
    RunConfig config;
    config.run.name = "tried";
    config.run.iterations = 3;
    config.prompts.per_iteration = 2;
    config.model.path = "model.safetensors";
    RunControl control;
    workbench.train(config, control, [](RunId, const Event&) {});
  }

  void usage_errors_end_with_2_and_one_line_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("named");
    QTest::newRow("no command") << QStringList{} << QByteArray("required");
    QTest::newRow("unknown command") << QStringList{"trian"} << QByteArray("'trian'");
    QTest::newRow("unknown option") << QStringList{"runs", "--jsno"} << QByteArray("--jsno");
    QTest::newRow("no config") << QStringList{"train"} << QByteArray("CONFIG");
    QTest::newRow("no number") << QStringList{"show", "1", "--iteration", "x"}
                               << QByteArray("--iteration");
    QTest::newRow("a seed below 0")
        << QStringList{"train", "c.toml", "--seed", "-1"} << QByteArray("--seed");
    QTest::newRow("no such list") << QStringList{"list", "networks"} << QByteArray("networks");
    QTest::newRow("nothing to evaluate") << QStringList{"evaluate"} << QByteArray("--model");
    QTest::newRow("a model and a run")
        << QStringList{"evaluate", "--model", "a", "--run", "b"} << QByteArray("--model");
    QTest::newRow("a checkpoint of no run")
        << QStringList{"evaluate", "--checkpoint", "3"} << QByteArray("--checkpoint");
    QTest::newRow("no run to resume") << QStringList{"resume"} << QByteArray("RUN");
    QTest::newRow("no iterations")
        << QStringList{"resume", "tried", "--iterations", "0"} << QByteArray("--iterations");
    QTest::newRow("no model") << QStringList{"sample", "--prompt", "a", "--out", "."}
                              << QByteArray("--model");
  }
  void usage_errors_end_with_2_and_one_line() {
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, named);
    const Finished finished = run_cli(arguments, store());
    QCOMPARE(finished.code, 2);
    QVERIFY2(finished.complains_in_one_line(), finished.err);
    QVERIFY2(finished.err.contains(named), finished.err);
    QVERIFY(finished.out.isEmpty());
  }

  void configuration_errors_end_with_3_and_name_the_key_data() {
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<QByteArray>("named");
    QTest::newRow("unknown key") << QByteArray("[method]\nbrnch = 3\n") << QStringList{}
                                 << QByteArray("method.branch");
    QTest::newRow("line") << QByteArray("[method]\nbranch = 'x'\n") << QStringList{}
                          << QByteArray("2");
    QTest::newRow("--set unknown")
        << QByteArray() << QStringList{"--set", "sampler.stps=3"} << QByteArray("sampler.steps");
    QTest::newRow("--set without value")
        << QByteArray() << QStringList{"--set", "sampler.steps"} << QByteArray("sampler.steps");
    QTest::newRow("nan") << QByteArray() << QStringList{"--set", "sampler.shift=nan"}
                         << QByteArray("sampler.shift");
    QTest::newRow("line of a contradiction")
        << QByteArray("[method]\nwindow = 10\n") << QStringList{} << QByteArray("line 2");
    QTest::newRow("contradiction")
        << QByteArray() << QStringList{"--set", "method.window=10"} << QByteArray("method.window");
    QTest::newRow("too many leaves") << QByteArray() << QStringList{"--set", "method.branch=90"}
                                     << QByteArray("schedule.max_leaves");
  }
  void configuration_errors_end_with_3_and_name_the_key() {
    QFETCH(QByteArray, config);
    QFETCH(QStringList, more);
    QFETCH(QByteArray, named);
    write(path("config.toml"), config);
    for (const QString& command : {QString("schedule"), QString("train")}) {
      const Finished finished = run_cli(QStringList{command, path("config.toml")} + more, store());
      QCOMPARE(finished.code, 3);
      QVERIFY2(finished.complains_in_one_line(), finished.err);
      QVERIFY2(finished.err.contains(named), finished.err);
    }
  }

  void a_config_that_is_not_there_is_a_configuration_error() {
    const Finished finished = run_cli({"train", path("nowhere.toml")}, store());
    QCOMPARE(finished.code, 3);
    QVERIFY(finished.complains_in_one_line());
  }

  void what_is_wrong_with_a_store_is_one_sentence_and_1() {
    write(path("foreign.tgws"), "this is a letter, not a store\n" + QByteArray(5000, 'x'));
    QFile newer(path("newer.tgws"));
    QVERIFY(QFile::copy(store(), newer.fileName()));
    QVERIFY(newer.open(QIODevice::ReadWrite));
    newer.seek(60);  // user_version in the header of an SQLite file
    newer.write(QByteArray::fromHex("00000063"));
    newer.close();
    for (const char* name : {"foreign.tgws", "newer.tgws", "missing.tgws"}) {
      const Finished finished = run_cli({"runs", "--store", path(name)}, store());
      QCOMPARE(finished.code, 1);
      QVERIFY2(finished.complains_in_one_line(), finished.err);
      QVERIFY2(finished.err.contains(name), finished.err);
    }
  }

  void an_unknown_run_iteration_prompt_or_node_is_one_sentence_and_1() {
    const QStringList picture{"--out", path("node.png"), "--iteration", "0"};
    for (const QStringList& arguments :
         {QStringList{"show", "nobody"}, QStringList{"resume", "nobody"},
          QStringList{"evaluate", "--run", "tried", "--checkpoint", "99"},
          QStringList{"show", "tried", "--iteration", "99"},
          QStringList{"show", "tried", "--prompt", "99"},
          QStringList{"image", "tried", "--prompt", "0", "--node", "9999"} + picture,
          QStringList{"image", "tried", "--prompt", "0", "--node", "0"} + picture}) {
      const Finished finished = run_cli(arguments, store());
      QCOMPARE(finished.code, 1);
      QVERIFY2(finished.complains_in_one_line(), finished.err);
    }
  }

  void runs_are_lines_of_json() {
    const auto lines = run_cli({"runs", "--json"}, store()).json();
    QCOMPARE(lines.size(), 1U);
    QCOMPARE(keys(lines[0]), (std::vector<std::string>{"created", "deleted", "iterations", "method",
                                                       "name", "run", "seed", "status", "tags"}));
    QCOMPARE(lines[0]["status"].get<std::string>(), std::string("finished"));
    QCOMPARE(lines[0]["iterations"].get<int>(), 3);
  }

  void a_run_is_shown_by_name_and_by_id_alike() {
    const Finished by_name = run_cli({"show", "tried", "--iteration", "1", "--json"}, store());
    const Finished by_id = run_cli({"show", "1", "--iteration", "1", "--json"}, store());
    QCOMPARE(by_name.code, 0);
    QCOMPARE(by_name.out, by_id.out);
    const auto tree = by_name.json().front();
    QCOMPARE(tree["roots"].get<int>(), 1);
    int leaves = 0;
    for (const auto& node : tree["nodes"]) leaves += node["reward"].is_null() ? 0 : 1;
    QCOMPARE(leaves, 27);
  }

  void the_trace_ends_in_the_advantages_of_the_tree() {
    const auto tree = run_cli({"show", "tried", "--trace", "--json"}, store()).json().front();
    QVERIFY(tree.contains("trace"));
    for (const auto& edge : tree["trace"]["edges"]) {
      const auto& stored = tree["nodes"][edge["node"].get<std::size_t>()]["advantage"];
      if (!stored.is_null())
        QVERIFY(std::abs(stored.get<double>() - edge["advantage"].get<double>()) < 1e-12);
    }
  }

  void a_run_that_has_its_iterations_is_told_so_without_an_engine() {
    for (const QStringList& more :
         {QStringList{}, QStringList{"--iterations", "3"}, QStringList{"--iterations", "2"}}) {
      const Finished finished = run_cli(QStringList{"resume", "tried", "--json"} + more, store());
      QCOMPARE(finished.code, 0);
      QVERIFY2(finished.complains_in_one_line(), finished.err);
      QVERIFY2(finished.err.contains("has 3 iterations already"), finished.err);
      const auto events = finished.json();
      QCOMPARE(events.size(), 1U);
      QCOMPARE(events[0]["event"].get<std::string>(), std::string("run_finished"));
      QCOMPARE(events[0]["iterations"].get<int>(), 3);
    }
  }

  void a_shown_tree_is_readable_without_colours_in_a_pipe() {
    const Finished finished = run_cli({"show", "tried", "--trace"}, store());
    QCOMPARE(finished.code, 0);
    QVERIFY(finished.out.contains("advantage"));
    QVERIFY(finished.out.contains("27 leaves"));
    QVERIFY(!finished.out.contains('\033'));
  }

  void a_schedule_is_shown_without_an_engine() {
    write(path("empty.toml"), "");
    const auto lines = run_cli({"schedule", path("empty.toml"), "--json", "--set",
                                "method.window_rule=fixed", "--set", "method.window_start=2"},
                               store())
                           .json();
    QCOMPARE(lines.size(), 1U);
    QCOMPARE(lines[0]["window_start"].get<int>(), 2);
    QCOMPARE(lines[0]["nfe"].get<int>(), 2 + 13 + 27 * 5);
    QCOMPARE(lines[0]["trained_edges"].get<int>(), 39);
  }

  void every_command_explains_itself_with_an_example() {
    const Finished all = run_cli({"--help"}, store());
    QCOMPARE(all.code, 0);
    for (const char* command :
         {"train", "runs", "show",   "image",    "schedule", "sample", "pretrain",
          "list",  "demo", "resume", "evaluate", "credit",   "config", "store",
          "tag",   "note", "rename", "delete",   "restore",  "purge",  "figures"}) {
      QVERIFY2(all.out.contains(command), command);
      const Finished help = run_cli({command, "--help"}, store());
      QCOMPARE(help.code, 0);
      QVERIFY2(help.out.contains("Example"), command);
    }
  }

  void the_parts_of_a_command_explain_themselves_too() {
    for (const char* part : {"check", "repair", "compact", "vacuum"}) {
      const Finished help = run_cli({"store", part, "--help"}, store());
      QCOMPARE(help.code, 0);
      QVERIFY2(help.out.contains("Example"), part);
    }
  }

  void the_version_is_told() {
    const Finished finished = run_cli({"--version"}, store());
    QCOMPARE(finished.code, 0);
    QVERIFY(finished.out.startsWith("treegrpo "));
  }

  void catalogs_are_listed() {
    for (const char* catalog : {"methods", "credit-rules", "samplers"}) {
      const auto lines = run_cli({"list", catalog, "--json"}, store()).json();
      QVERIFY(lines.size() > 1);
      QCOMPARE(keys(lines[0]), (std::vector<std::string>{"name", "sentence"}));
    }
  }
};

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
