// The program as a process: what looks after runs and stores, and what re-reads them.
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>

#include "app/cli_process.h"
#include "base/paths.h"
#include "image/codec.h"
#include "record/config_fields.h"
#include "record/config_toml.h"
#include "store/checkpoint_samples.h"
#include "support/fake_engine.h"
#include "workbench/prompt_tasks.h"
#include "workbench/workbench.h"

using namespace treegrpo;
using namespace treegrpo::test;

class TestCliStore : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  int stores_ = 0;
  QString store_;  // of the test that runs

  QString path(const QString& name) { return folder_.filePath(name); }

  // Runs 'first' and 'second' of three iterations, with whole checkpoints.
  static void make_store(const std::filesystem::path& store) {
    for (const char* name : {"first", "second"}) {
      const bool probes = name == std::string("first");
      Workbench workbench(store, [probes] {
        return std::make_shared<FakeEngine>(FakeEngineOptions{.probes = probes});
      });
      RunConfig config;
      config.run.name = name;
      config.run.iterations = 3;
      config.prompts.per_iteration = 2;
      config.model.path = "model.safetensors";
      RunControl control;
      workbench.train(config, control, [](RunId, const Event&) {});
    }
    Workbench workbench(store, [] { return std::make_shared<FakeEngine>(); });
    for (const RunSummary& run : workbench.runs())
      for (const CheckpointRow& checkpoint : workbench.checkpoints(run.run))
        write_sample_checkpoint(checkpoint.path, checkpoint.iterations);
  }

  static std::vector<std::uint8_t> bytes_of(const QString& file) {
    QFile opened(file);
    if (!opened.open(QFile::ReadOnly)) qFatal("%s is not there", qPrintable(file));
    const QByteArray bytes = opened.readAll();
    return {bytes.begin(), bytes.end()};
  }

  Finished cli(const QStringList& arguments) { return run_cli(arguments, store_); }

  // The one line of JSON that a command prints when it ends well.
  nlohmann::json one(const QStringList& arguments) {
    const Finished finished = cli(arguments + QStringList{"--json"});
    if (finished.code != 0 || finished.json().size() != 1) qFatal("%s", finished.err.data());
    return finished.json().front();
  }

  std::vector<std::string> names(const QStringList& more = {}) {
    std::vector<std::string> list;
    for (const auto& run : cli(QStringList{"runs", "--json"} + more).json())
      list.push_back(run["name"].get<std::string>());
    return list;
  }

 private Q_SLOTS:
  void initTestCase() { make_store(path("made.tgws").toStdString()); }

  void init() {
    store_ = path(QString("store%1.tgws").arg(stores_++));
    for (const char* part : {"", ".files"})
      std::filesystem::copy(path("made.tgws").toStdString() + part, store_.toStdString() + part,
                            std::filesystem::copy_options::recursive);
  }

  // ---- probe ------------------------------------------------------------------------------------

  void probes_are_listed_as_a_table_and_as_objects() {
    const Finished table = cli({"probe", "first"});
    QCOMPARE(table.code, 0);
    const QList<QByteArray> lines = table.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 5);
    QVERIFY(lines[0].contains("scene") && lines[0].contains("KL"));
    QCOMPARE(lines[4].simplified(), QByteArray("3 .530 .00300 .078"));
    const auto objects = cli({"probe", "first", "--json"}).json();
    QCOMPARE(objects.size(), std::size_t{4});
    QCOMPARE(objects[3]["iteration"].get<int>(), 3);
    QCOMPARE(objects[3]["prompts"][1]["pictures"].size(), std::size_t{2});
  }

  void probes_make_a_sheet_of_their_pictures() {
    const QString sheet = path("probes.png");
    QCOMPARE(cli({"probe", "first", "--sheet", sheet}).code, 0);
    const Image all = decode_image(bytes_of(sheet));
    QCOMPARE(cli({"probe", "first", "--sheet", sheet, "--seed", "1"}).code, 0);
    const Image one = decode_image(bytes_of(sheet));
    QCOMPARE(one.width, all.width);
    QVERIFY(one.height < all.height);
    const Finished none = cli({"probe", "first", "--sheet", sheet, "--seed", "9"});
    QCOMPARE(none.code, 2);
    QVERIFY2(none.err.contains("have no seed 9"), none.err.data());
  }

  void a_run_without_probes_says_so() {
    const Finished finished = cli({"probe", "second"});
    QCOMPARE(finished.code, 0);
    QVERIFY2(finished.err.contains("'second' has no probes"), finished.err.data());
    QCOMPARE(cli({"probe", "second", "--sheet", path("no.png")}).code, 1);
    QVERIFY(!QFile::exists(path("no.png")));
  }

  // ---- credit -----------------------------------------------------------------------------------

  void the_rule_of_the_run_gives_what_is_stored() {
    const QStringList place{"first", "--iteration", "1", "--prompt", "1"};
    const auto stored = one(QStringList{"show"} + place);
    auto credited = one(QStringList{"credit"} + place + QStringList{"--rule", "treegrpo"});
    QCOMPARE(credited["rule"].get<std::string>(), std::string("treegrpo"));
    credited.erase("rule");
    QCOMPARE(keys(credited), keys(stored));
    QCOMPARE(credited["nodes"].size(), stored["nodes"].size());
    for (std::size_t node = 0; node < stored["nodes"].size(); ++node)
      for (const auto& [key, value] : stored["nodes"][node].items()) {
        const auto& other = credited["nodes"][node][key];
        if (key == "advantage" && !value.is_null())
          QVERIFY(std::abs(value.get<double>() - other.get<double>()) < 1e-12);
        else if (key != "value")
          QVERIFY2(other == value, key.c_str());
      }
  }

  void another_rule_gives_other_advantages_to_the_same_nodes() {
    const QStringList place{"first", "--iteration", "0", "--prompt", "0"};
    const auto stored = one(QStringList{"show"} + place);
    const auto credited =
        one(QStringList{"credit"} + place + QStringList{"--rule", "treerpo", "--trace"});
    int other = 0;
    for (std::size_t node = 0; node < stored["nodes"].size(); ++node) {
      const auto& before = stored["nodes"][node];
      const auto& now = credited["nodes"][node];
      QCOMPARE(now["reward"].dump(), before["reward"].dump());
      QCOMPARE(now["advantage"].is_null(), before["advantage"].is_null());
      other += now["advantage"] == before["advantage"] ? 0 : 1;
    }
    QVERIFY(other > 20);
    QCOMPARE(credited["trace"]["rule"].get<std::string>(), std::string("treerpo"));
    QVERIFY(cli({"credit", "first", "--rule", "treerpo", "--trace"})
                .out.contains("Credit by rule treerpo, backup mean"));
  }

  void what_credit_cannot_do_is_one_sentence_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("said");
    const auto row = [](const char* name, const QStringList& arguments, int code,
                        const char* said) {
      QTest::newRow(name) << arguments << code << QByteArray(said);
    };
    row("rule", {"first", "--rule", "treerp"}, 3, "did you mean treerpo? Known are treegrpo");
    row("no rule", {"first"}, 2, "--rule");
    row("run", {"frist", "--rule", "treegrpo"}, 1, "did you mean 'first'?");
    row("iteration", {"first", "--rule", "treegrpo", "--iteration", "9"}, 1, "it has 0 to 2");
    row("prompt", {"first", "--rule", "treegrpo", "--prompt", "9"}, 1, "it has 0 to 1");
    row("set", {"first", "--rule", "treegrpo", "--set", "credit.st=x"}, 3, "credit.std");
  }
  void what_credit_cannot_do_is_one_sentence() {
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QByteArray, said);
    const Finished finished = cli(QStringList{"credit"} + arguments);
    QCOMPARE(finished.code, code);
    QVERIFY2(finished.complains_in_one_line() && finished.err.contains(said), finished.err);
    QVERIFY(finished.out.isEmpty());
  }

  // ---- config -----------------------------------------------------------------------------------

  void a_printed_config_is_the_config_that_was_asked_for() {
    const std::vector<QStringList> cases = {
        {},
        {tiny_config},
        {"--set", "method.window=4", "--set", "reward.1.name=jpeg_size", "--set", "run.name=a\"é"},
        {tiny_config, "--set", "run.seed=18446744073709551615", "--set", "ema.decay=0.99"}};
    for (const QStringList& arguments : cases) {
      const Finished printed = cli(QStringList{"config"} + arguments);
      QVERIFY2(printed.code == 0, printed.err);
      std::vector<std::string> sets;
      for (int i = 0; i + 1 < arguments.size(); ++i)
        if (arguments[i] == "--set") sets.push_back(arguments[i + 1].toStdString());
      const bool has_file = !arguments.empty() && arguments[0] == tiny_config;
      const RunConfig wanted =
          has_file ? load_config(tiny_config.toStdString(), sets) : parse_config("", "", sets);
      QVERIFY(parse_config(printed.out.toStdString(), "printed") == wanted);

      QFile file(path("printed.toml"));
      QVERIFY(file.open(QIODevice::WriteOnly));
      file.write(printed.out);
      file.close();
      QCOMPARE(cli({"config", path("printed.toml")}).out, printed.out);
    }
  }

  void a_config_that_cannot_be_run_is_not_printed() {
    for (const QStringList& arguments :
         {QStringList{"--set", "method.window=10"}, QStringList{"--set", "method.windw=3"},
          QStringList{path("nowhere.toml")}}) {
      const Finished finished = cli(QStringList{"config"} + arguments);
      QCOMPARE(finished.code, 3);
      QVERIFY2(finished.complains_in_one_line(), finished.err);
      QVERIFY(finished.out.isEmpty());
    }
  }

  void every_key_is_a_row_of_the_fields() {
    const auto rows = cli({"config", "--fields", "--json"}).json();
    QCOMPARE(rows.size(), config_fields().size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const ConfigField& field = config_fields()[i];
      QCOMPARE(keys(rows[i]), (std::vector<std::string>{"choices", "default", "help", "key", "kind",
                                                        "list", "range", "unit"}));
      QCOMPARE(rows[i]["key"].get<std::string>(), field.key);
      QCOMPARE(rows[i]["range"].is_null(),
               field_bounds_text(field).empty() || field.kind == FieldKind::choice);
      QCOMPARE(rows[i]["choices"].is_null(), field.kind != FieldKind::choice);
    }
    const auto named = [&](const char* key) {
      return *std::find_if(rows.begin(), rows.end(),
                           [&](const auto& row) { return row["key"] == key; });
    };
    QCOMPARE(named("method.window")["range"].dump(),
             std::string("{\"above_minimum\":false,\"below_maximum\":false,\"maximum\":1000,"
                         "\"minimum\":1}"));
    QCOMPARE(named("method.window")["default"].get<int>(), 3);
    QCOMPARE(named("method.split_steps")["default"].dump(), std::string("[0,3,6,8]"));
    QCOMPARE(named("reward.weight")["list"].get<std::string>(), std::string("reward"));
    QCOMPARE(named("credit.std")["choices"].dump(), std::string("[\"group\",\"batch\",\"none\"]"));
    const QByteArray table = cli({"config", "--fields"}).out;
    QCOMPARE(table.count('\n'), static_cast<qsizetype>(rows.size()) + 1);
  }

  void fields_are_not_those_of_a_config() {
    QCOMPARE(cli({"config", "--fields", tiny_config}).code, 2);
    QCOMPARE(cli({"config", "--json"}).code, 2);
  }

  // ---- store ------------------------------------------------------------------------------------

  void a_whole_store_ends_with_0() {
    const auto check = one({"store", "check"});
    QCOMPARE(keys(check), (std::vector<std::string>{"checkpoints", "findings", "iterations", "ok",
                                                    "runs", "store", "trees"}));
    QVERIFY(check["ok"].get<bool>());
    QCOMPARE(check["trees"].get<int>(), 12);
    QVERIFY(cli({"store", "check"}).out.contains("all is well"));
  }

  void what_is_wrong_ends_with_1_and_is_mended() {
    QVERIFY(QDir(store_ + ".files/2/checkpoint-000003").removeRecursively());
    QVERIFY(QDir().mkpath(store_ + ".files/9/checkpoint-000003"));
    const Finished check = cli({"store", "check"});
    QCOMPARE(check.code, 1);
    QVERIFY2(check.out.contains("after 3 iterations has no folder"), check.out);
    QVERIFY(check.out.contains("'treegrpo store repair' mends it"));
    QVERIFY(check.out.contains("9' belongs to no run of the store; 'treegrpo store compact'"));
    QVERIFY(check.err.isEmpty());
    const auto found = cli({"store", "check", "--json"}).json().front();
    QVERIFY(!found["ok"].get<bool>());
    QCOMPARE(found["findings"][0]["run"].get<int>(), 2);
    QCOMPARE(found["findings"][0]["remedy"].get<std::string>(), std::string("repair"));
    QVERIFY(found["findings"][1]["run"].is_null());

    const Finished repair = cli({"store", "repair"});
    QCOMPARE(repair.code, 1);  // what compact is to remove is left
    QVERIFY2(repair.out.contains("was forgotten") && repair.out.contains("what is left:"),
             repair.out);
    const auto compact = one({"store", "compact"});
    QCOMPARE(compact["done"].size(), 1U);
    const auto again = one({"store", "repair"});
    QVERIFY(again["ok"].get<bool>() && again["mended"].empty());
    QCOMPARE(cli({"store", "check"}).code, 0);
  }

  void a_store_can_be_made_smaller() {
    const auto compact = one({"store", "compact", "--budget-mb", "0"});
    QCOMPARE(keys(compact), (std::vector<std::string>{"bytes_after", "bytes_before", "done",
                                                      "folder_bytes", "image_bytes", "store"}));
    const auto vacuum = one({"store", "vacuum"});
    QVERIFY(vacuum["bytes_after"].get<int>() <= vacuum["bytes_before"].get<int>());
    QVERIFY(cli({"store", "vacuum"}).out.contains("the store has "));
    QCOMPARE(cli({"store", "compact", "--budget-mb", "-1"}).code, 2);
  }

  void a_store_that_is_not_there_is_not_made() {
    for (const char* part : {"check", "repair", "compact", "vacuum"}) {
      const Finished finished = cli({"store", part, "--store", path("nowhere.tgws")});
      QCOMPARE(finished.code, 1);
      QVERIFY2(finished.complains_in_one_line(), finished.err);
    }
    QVERIFY(!QFile::exists(path("nowhere.tgws")));
    QCOMPARE(cli({"store"}).code, 2);
    QCOMPARE(cli({"store", "chek"}).code, 2);
  }

  // ---- what users say about runs ----------------------------------------------------------------

  void the_prompts_of_a_run_are_shown_and_written() {
    const auto held_out = scene_prompt_set(true);
    const QString file = path("held_out.csv");
    QCOMPARE(cli({"prompts", "first", "--held-out", "--out", file}).code, 0);
    QVERIFY(read_prompts(read_file(file.toStdString()), PromptFormat::csv).prompts == held_out);
    const Finished shown = cli({"prompts", "2"});
    const auto read = read_prompts(shown.out.toStdString(), PromptFormat::lines).prompts;
    QCOMPARE(read.size(), scene_prompt_set(false).size());
    QVERIFY(cli({"prompts", "third"}).complains_in_one_line());
  }

  void tags_come_and_go() {
    QCOMPARE(one({"tag", "first", "+paper", "good"})["tags"].dump(),
             std::string("[\"good\",\"paper\"]"));
    QCOMPARE(one({"tag", "second", "paper"})["run"].get<int>(), 2);
    QCOMPARE(cli({"tag", "first"}).out, QByteArray("first: good, paper\n"));
    QCOMPARE(cli({"tag"}).out, QByteArray("good: first\npaper: first, second\n"));
    const auto all = cli({"tag", "--json"}).json();
    QCOMPARE(all[1].dump(), std::string("{\"runs\":[1,2],\"tag\":\"paper\"}"));
    QCOMPARE(names({"--tag", "good"}), std::vector<std::string>{"first"});
    QVERIFY(one({"tag", "first", "--remove", "good", "--remove", "paper"})["tags"].empty());
    const Finished missing = cli({"tag", "second", "--remove", "good"});
    QCOMPARE(missing.code, 1);
    QVERIFY2(missing.err.contains("has no tag \"good\"; it has paper"), missing.err);
    QCOMPARE(cli({"tag", "first", "two words"}).code, 2);
    QCOMPARE(cli({"tag", "--remove", "good"}).code, 2);
  }

  void notes_come_and_go() {
    const auto note =
        one({"note", "first", "--iteration", "0", "--prompt", "1", "--node", "5", "look here"});
    QCOMPARE(note["note"].get<int>(), 1);
    QCOMPARE(note["node"].get<int>(), 5);
    QVERIFY(one({"note", "first", "the whole run"})["iteration"].is_null());
    QCOMPARE(cli({"note", "first", "--json"}).json().size(), 2U);
    QCOMPARE(cli({"note", "first", "--iteration", "0", "--json"}).json().size(), 1U);
    QVERIFY(cli({"note", "first"}).out.contains("iteration 0, prompt 1, node 5: look here\n"));
    QVERIFY(cli({"note", "second"}).out.contains("has no such notes"));
    QCOMPARE(cli({"note", "first", "--remove", "1"}).code, 0);
    QCOMPARE(cli({"note", "first", "--json"}).json().size(), 1U);
    QCOMPARE(cli({"note", "first", "--remove", "1"}).code, 1);
    QCOMPARE(cli({"note", "first", "--iteration", "8", "x"}).code, 1);
    QCOMPARE(cli({"note", "first", "--prompt", "0", "x"}).code, 2);
    QCOMPARE(cli({"note", "first", ""}).code, 2);
    QCOMPARE(cli({"note", "first", "--remove", "1", "text"}).code, 2);
  }

  void figures_are_listed_and_come_along_with_an_import() {
    QVERIFY(cli({"figures", "first"}).out.isEmpty());
    Workbench(store_.toStdString(), {})
        .put_figure({.run = {1},
                     .name = "fig2",
                     .recipe = R"({"figure":1,"panels":[{"kind":"tree","run":"first"}]})",
                     .created = "2026-03-01T12:00:00Z"});
    QCOMPARE(cli({"figures", "first"}).out, QByteArray("2026-03-01T12:00:00Z  fig2\n"));
    const auto figure = one({"figures", "first"});
    QCOMPARE(figure["name"].get<std::string>(), std::string("fig2"));
    QCOMPARE(figure["recipe"]["panels"][0]["run"].get<std::string>(), std::string("first"));
    QCOMPARE(names({"--filter", "figures > 0"}), std::vector<std::string>{"first"});
    QCOMPARE(cli({"figures", "third"}).code, 1);
    // Into a store that has a run of that name.
    const QString other = path("other-figures.tgws");
    make_store(other.toStdString());
    QCOMPARE(run_cli({"import", store_, "first"}, other).code, 0);
    const auto there = run_cli({"figures", "first-2", "--json"}, other).json();
    QCOMPARE(there.size(), 1U);
    QCOMPARE(there[0]["recipe"]["panels"][0]["run"].get<std::string>(), std::string("first-2"));
    QVERIFY(run_cli({"figures", "first", "--json"}, other).json().empty());
  }

  void a_run_is_renamed() {
    QCOMPARE(one({"rename", "1", "baseline"})["name"].get<std::string>(), std::string("baseline"));
    QCOMPARE(names(), (std::vector<std::string>{"baseline", "second"}));
    const Finished taken = cli({"rename", "second", "baseline"});
    QCOMPARE(taken.code, 1);
    QVERIFY(taken.err.contains("there is a run named 'baseline' already"));
    QCOMPARE(cli({"rename", "second", "12"}).code, 3);
    QVERIFY(cli({"rename", "secnd", "x"}).err.contains("did you mean 'second'?"));
  }

  // ---- the trash --------------------------------------------------------------------------------

  void a_run_goes_to_the_trash_and_comes_back() {
    QVERIFY(!one({"delete", "first"})["deleted"].is_null());
    QCOMPARE(names(), std::vector<std::string>{"second"});
    QCOMPARE(names({"--trash"}), std::vector<std::string>{"first"});
    const Finished show = cli({"show", "first"});
    QCOMPARE(show.code, 1);
    QVERIFY2(show.err.contains("'treegrpo restore 1' brings it back"), show.err);
    QCOMPARE(cli({"rename", "second", "first"}).code, 0);
    const Finished restore = cli({"restore", "1"});
    QCOMPARE(restore.code, 1);
    QVERIFY2(restore.err.contains("named 'first' already"), restore.err);
    QVERIFY(one({"restore", "1", "--name", "first-again"})["deleted"].is_null());
    QCOMPARE(names(), (std::vector<std::string>{"first-again", "first"}));
    QCOMPARE(cli({"show", "1", "--json"}).code, 0);
  }

  void a_run_that_is_missing_keeps_the_others_where_they_are() {
    QCOMPARE(cli({"delete", "first", "third"}).code, 1);
    QCOMPARE(names().size(), 2U);
    QCOMPARE(cli({"delete", "first", "second"}).code, 0);
    QVERIFY(names().empty());
    QCOMPARE(cli({"purge", "first", "third"}).code, 1);
    QCOMPARE(names({"--trash"}).size(), 2U);
  }

  void runs_of_another_store_are_imported() {
    const QString other = path("other.tgws");
    const Finished finished = run_cli({"import", store_, "second", "1"}, other);
    QVERIFY2(finished.code == 0, finished.err);
    QVERIFY(finished.out.contains("'second' (id 1)") && finished.out.contains("'first' (id 2)"));
    const Finished all = run_cli({"import", store_, "--json"}, other);
    QCOMPARE(all.json().size(), std::size_t{2});
    QCOMPARE(all.json().at(0)["name"].get<std::string>(), std::string("first-2"));
    QCOMPARE(run_cli({"store", "check"}, other).code, 0);
    QVERIFY(QFile::exists(other + ".files/2/checkpoint-000003/state.json"));
    const Finished none = run_cli({"import", store_, "third"}, other);
    QVERIFY2(none.code == 1 && none.complains_in_one_line(), none.err);
  }

  void a_purge_frees_what_was_in_the_trash() {
    QVERIFY(cli({"purge"}).out.contains("the trash is empty"));
    QCOMPARE(cli({"purge", "first"}).code, 1);  // not in the trash
    cli({"delete", "first", "second"});
    const auto purged = one({"purge", "first"});
    QCOMPARE(keys(purged), (std::vector<std::string>{"bytes", "name", "run"}));
    QVERIFY(purged["bytes"].get<std::int64_t>() > 0);
    QVERIFY(!QFile::exists(store_ + ".files/1"));
    QVERIFY(QFile::exists(store_ + ".files/2"));
    QVERIFY(cli({"purge"}).out.contains(" freed\n"));
    QVERIFY(names({"--trash"}).empty());
    QCOMPARE(cli({"store", "check"}).code, 0);
  }
};

QTEST_GUILESS_MAIN(TestCliStore)
#include "tst_cli_store.moc"
