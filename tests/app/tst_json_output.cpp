#include <QTest>
#include <algorithm>
#include <limits>
#include <random>

#include "cli/json_output.h"
#include "support/tree_text.h"

using namespace treegrpo;
using treegrpo::cli::Json;

class TestJsonOutput : public QObject {
  Q_OBJECT

  using Keys = std::vector<std::string>;

  static Keys keys(const Json& object) {
    Keys names;
    for (const auto& item : object.items()) names.push_back(item.key());
    return names;
  }
  static Json event(const Event& event) { return *cli::event_json(RunId{7}, event); }

 private Q_SLOTS:
  void a_started_run_has_the_keys_of_the_contract() {
    const Json object = event(RunStarted{"demo-1", "treegrpo", 18446744073709551615U, 2, "cpu"});
    QCOMPARE(keys(object), (Keys{"event", "run", "name", "method", "seed", "threads", "device"}));
    QCOMPARE(object["event"].get<std::string>(), std::string("run_started"));
    QCOMPARE(object["run"].get<int>(), 7);
    QCOMPARE(object.dump().find("18446744073709551615") != std::string::npos, true);
  }

  void a_resumed_run_has_those_of_a_started_one_and_where_it_goes_on() {
    const Json object = event(RunResumed{{"demo-1", "treegrpo", 3, 2, "cpu"}, 40});
    QCOMPARE(keys(object),
             (Keys{"event", "run", "name", "method", "seed", "threads", "device", "iteration"}));
    QCOMPARE(object["event"].get<std::string>(), std::string("run_resumed"));
    QCOMPARE(object["iteration"].get<int>(), 40);
  }

  void an_iteration_has_the_keys_of_the_contract_and_null_where_unknown() {
    const Json object = event(IterationFinished{std::make_shared<IterationRecord>(), {}});
    QCOMPARE(keys(object), (Keys{"event",
                                 "run",
                                 "iteration",
                                 "reward",
                                 "reward_by_name",
                                 "loss",
                                 "ratio_mean",
                                 "ratio_std",
                                 "ratio_max",
                                 "clip_fraction",
                                 "kl",
                                 "grad_norm",
                                 "learning_rate",
                                 "nfe",
                                 "trained_passes",
                                 "forward_passes",
                                 "leaves",
                                 "window_start",
                                 "advantage_std_by_depth",
                                 "diversity",
                                 "skipped_groups",
                                 "seconds"}));
    QCOMPARE(keys(object["seconds"]),
             (Keys{"sample", "decode", "reward", "train", "store", "total"}));
    QVERIFY(object["kl"].is_null());
    QVERIFY(object["window_start"].is_null());
  }

  void an_evaluation_has_the_keys_of_the_contract() {
    EvaluationRecord record;
    record.by_task = {{.task = "single", .reward = .5, .n = 30}};
    const Json object = event(EvaluationFinished{std::make_shared<EvaluationRecord>(record)});
    QCOMPARE(keys(object), (Keys{"event", "run", "iteration", "reward", "reward_by_name", "metrics",
                                 "by_task", "diversity", "seconds"}));
    QVERIFY(object["metrics"]["scene_strict"].is_null());
    QCOMPARE(keys(object["by_task"]["single"]), (Keys{"reward", "scene_strict", "n"}));
    QVERIFY(object["by_task"]["single"]["scene_strict"].is_null());
  }

  void a_probe_has_the_keys_of_the_contract_and_null_where_nothing_is_known() {
    auto record = std::make_shared<ProbeRecord>();
    record->prompts = {
        {.text = "a cat", .pictures = {{.seed = 4, .rewards = {{"scene", .5}}, .image = {}}}}};
    const Json object = event(ProbeFinished{record});
    QCOMPARE(keys(object), (Keys{"event", "run", "iteration", "reward_by_name", "kl", "diversity",
                                 "seconds", "prompts"}));
    QCOMPARE(object["reward_by_name"]["scene"].get<double>(), .5);
    QVERIFY(object["kl"].is_null() && object["diversity"].is_null());
    QCOMPARE(keys(object["prompts"][0]), (Keys{"text", "diversity", "pictures"}));
    QCOMPARE(keys(object["prompts"][0]["pictures"][0]), (Keys{"seed", "reward_by_name", "kl"}));
  }

  void checkpoints_and_ends_have_the_keys_of_the_contract() {
    QCOMPARE(keys(event(CheckpointWritten{3, "folder"})),
             (Keys{"event", "run", "iteration", "path"}));
    const Json finished = event(RunFinished{RunStatus::stopped, 3});
    QCOMPARE(keys(finished), (Keys{"event", "run", "status", "iterations"}));
    QCOMPARE(finished["status"].get<std::string>(), std::string("stopped"));
    QCOMPARE(event(RunFailed{"why"})["status"].get<std::string>(), std::string("failed"));
  }

  void events_outside_the_contract_make_no_line() {
    QVERIFY(!cli::event_json(RunId{1}, Warning{"a"}));
    QVERIFY(!cli::event_json(RunId{1}, TreeGrown{}));
    QVERIFY(!cli::event_json(RunId{1}, TreeCredited{}));
    QVERIFY(!cli::event_json(RunId{1}, RunPaused{}));
  }

  void a_tree_has_the_keys_of_the_contract_and_rewards_on_leaves_only() {
    TreeRecord record = test::tree_from_text(
        "root\n"
        "  sde -1.0\n"
        "    ode = 0.5\n"
        "  sde -1.2\n"
        "    ode = 0.1\n");
    record.sigmas = {1, .5, 0};
    record.nodes[1].advantage = 1;
    const Json object = cli::tree_json(RunId{2}, record);
    QCOMPARE(keys(object), (Keys{"run", "iteration", "prompt", "text", "roots", "nodes"}));
    QCOMPARE(object["nodes"].size(), 5U);
    for (const Json& node : object["nodes"]) {
      QCOMPARE(keys(node),
               (Keys{"id", "tree", "path", "parent", "step", "sigma", "kind", "log_prob", "reward",
                     "reward_by_name", "value", "advantage", "image"}));
      const bool is_leaf = node["step"] == 2;
      QCOMPARE(node["reward"].is_null(), !is_leaf);
      QCOMPARE(node["reward_by_name"].is_null(), !is_leaf);
    }
    QVERIFY(object["nodes"][0]["parent"].is_null());
    QCOMPARE(object["nodes"][0]["kind"].get<std::string>(), std::string("root"));
    QCOMPARE(object["nodes"][2]["kind"].get<std::string>(), std::string("sde"));
    QVERIFY(object["nodes"][2]["advantage"].is_null());
    QCOMPARE(object["nodes"][4]["reward"].get<double>(), .1);
    QCOMPARE(object["nodes"][4]["path"].get<std::vector<int>>(), (std::vector<int>{1, 0}));
    QVERIFY(object["nodes"][4]["log_prob"].is_null());
  }

  void a_run_has_the_keys_of_the_contract_and_its_tags() {
    RunSummary run;
    run.tags = {"paper"};
    Json object = cli::run_json(run);
    QCOMPARE(keys(object), (Keys{"run", "name", "method", "status", "iterations", "seed", "created",
                                 "tags", "deleted"}));
    QCOMPARE(object["tags"].dump(), std::string("[\"paper\"]"));
    QVERIFY(object["deleted"].is_null());
    run.deleted = "2026-03-01T12:34:56Z";
    QCOMPARE(cli::run_json(run)["deleted"].get<std::string>(), run.deleted);
  }

  void a_note_says_what_it_is_about() {
    const Json object = cli::note_json(
        {.id = 3, .run = {1}, .place = {.iteration = 0, .prompt = 2}, .text = "t", .created = "c"});
    QCOMPARE(keys(object), (Keys{"note", "run", "iteration", "prompt", "node", "text", "created"}));
    QCOMPARE(object["prompt"].get<int>(), 2);
    QVERIFY(object["node"].is_null());
  }

  void a_figure_comes_with_its_recipe() {
    const Json object = cli::figure_json(
        {.id = 3, .run = {1}, .name = "fig2", .recipe = "{\"figure\": 1}", .created = "c"});
    QCOMPARE(keys(object), (Keys{"figure", "run", "name", "created", "recipe"}));
    QCOMPARE(object["recipe"]["figure"].get<int>(), 1);
    QVERIFY(cli::figure_json(
                {.id = 4, .run = {1}, .name = "a", .recipe = "{", .created = "c"})["recipe"]
                .is_null());
  }

  void a_schedule_has_the_keys_of_the_contract() {
    const Json object = cli::schedule_json(preview_schedule(RunConfig{}, 3));
    QCOMPARE(keys(object), (Keys{"iteration", "roots", "window_start", "leaves", "nfe",
                                 "trained_passes", "trained_edges", "forward_passes", "steps",
                                 "spans"}));
    QCOMPARE(object["steps"].size(), 10U);
    QCOMPARE(object["spans"].size(), 1U);
    QCOMPARE(keys(object["spans"][0]),
             (Keys{"first_iteration", "last_iteration", "leaves", "expected_nfe"}));
    QCOMPARE(keys(object["steps"][0]),
             (Keys{"step", "sigma", "sigma_next", "branch", "noise_level", "train"}));
  }

  void every_number_reads_back_as_it_was() {
    std::mt19937_64 random(1);
    for (int i = 0; i < 2000; ++i) {
      IterationRecord record;
      const std::uint64_t bits = random();
      std::memcpy(&record.reward, &bits, sizeof bits);
      if (!std::isfinite(record.reward)) continue;
      const Json object = event(IterationFinished{std::make_shared<IterationRecord>(record), {}});
      QCOMPARE(Json::parse(object.dump())["reward"].get<double>(), record.reward);
    }
  }

  void what_is_not_finite_is_null() {
    for (const double value : {no_value, std::numeric_limits<double>::infinity()}) {
      IterationRecord record;
      record.loss = value;
      const Json object = event(IterationFinished{std::make_shared<IterationRecord>(record), {}});
      QVERIFY(object["loss"].is_null());
    }
  }
};

QTEST_APPLESS_MAIN(TestJsonOutput)
#include "tst_json_output.moc"
