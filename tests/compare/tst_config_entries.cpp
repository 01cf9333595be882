// Configs as keys and values: what differs, and which runs are one experiment.
#include <QtTest>

#include "compare/run_groups.h"
#include "record/config_fields.h"
#include "store/store_test.h"

using namespace treegrpo;

namespace {

RunConfig config(const std::vector<std::string>& sets) {
  RunConfig made;
  for (const std::string& set : sets) set_field(made, set);
  return made;
}

QStringList keys(const std::vector<ConfigDifference>& rows) {
  QStringList list;
  for (const ConfigDifference& row : rows) list << QString::fromStdString(row.key);
  return list;
}

RunParameters run(const std::vector<std::string>& sets,
                  const std::vector<ParameterChanged>& changes = {}) {
  return {.entries = config_entries(config(sets)), .changes = changes};
}

using Groups = std::vector<std::vector<std::size_t>>;

Groups grouped(const std::vector<RunParameters>& runs, const Grouping& grouping) {
  std::vector<const RunParameters*> all;
  for (const RunParameters& run : runs) all.push_back(&run);
  return group_runs(all, grouping);
}

}  // namespace

class TestConfigEntries : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void only_what_differs_is_listed_and_a_missing_key_differs() {
    const std::vector configs = {
        config_entries(config({"run.seed=1"})),
        config_entries(config({"run.seed=2", "reward.1.name=jpeg_size", "reward.1.weight=1"}))};
    const auto rows = config_diff(configs);
    QCOMPARE(keys(rows),
             QStringList({"reward.jpeg_size.name", "reward.jpeg_size.weight", "run.seed"}));
    QVERIFY(!rows[1].values[0]);  // the default of a weight is 1; it is missing all the same
    QCOMPARE(std::get<double>(*rows[1].values[1]), 1.);
    QCOMPARE(keys(config_diff(configs, {.differences_only = true, .ignored = {"reward"}})),
             QStringList({"run.seed"}));
    QVERIFY(config_diff(configs, {.differences_only = false, .ignored = {}}).size() > 50);
  }

  void types_count() {
    const ConfigEntries integer = {{"a", std::int64_t{1}}, {"b", true}, {"c", 1.}};
    const ConfigEntries real = {{"a", 1.}, {"b", std::string("true")}, {"c", 1.}};
    QCOMPARE(keys(config_diff(std::vector{integer, real})), QStringList({"a", "b"}));
    // An ignored key is a whole key, not the beginning of a word.
    const ConfigEntries more = {{"ab", 1.}, {"a.b", 1.}};
    QCOMPARE(keys(config_diff(std::vector{more, {}}, {.differences_only = true, .ignored = {"a"}})),
             QStringList({"ab"}));
  }

  void schedules_differ_step_by_step() {
    const std::vector configs = {
        config({"method.window_rule=fixed", "method.window_start=0", "method.window=2"}),
        config({"method.window_rule=fixed", "method.window_start=1", "method.window=2"}),
    };
    const ScheduleDifference difference = schedule_diff(configs);
    QCOMPARE(difference.steps, (std::vector<int>{0, 2}));
    QVERIFY(!difference.roots_differ);
    QCOMPARE(difference.schedules[1].steps[1].branch, 3);
    QVERIFY(schedule_diff(std::vector{config({}), config({"method.trees=2"})}).roots_differ);
  }

  void keys_are_found_by_their_last_part() {
    QCOMPARE(full_config_key("seed"), std::string("run.seed"));
    QCOMPARE(full_config_key("optimizer.learning_rate"), std::string("optimizer.learning_rate"));
    VERIFY_SAYS(full_config_key("sead"), "did you mean run.seed?");
    VERIFY_SAYS(full_config_key("every"), "ema.every or evaluation.every");
  }

  void runs_that_differ_in_their_seed_alone_are_a_group() {
    const std::vector runs = {run({"run.seed=1", "run.name=a"}),
                              run({"run.seed=1", "method.window=2"}),
                              run({"run.seed=2", "run.name=b"})};
    QCOMPARE(grouped(runs, {}), (Groups{{0, 2}, {1}}));
    QCOMPARE(grouped(runs, {.keys = {"run.seed"}, .by_equal = true}), (Groups{{0, 1}, {2}}));
    QCOMPARE(grouped(runs, {.keys = {"run", "method"}}), (Groups{{0, 1, 2}}));
  }

  void a_run_whose_options_were_changed_is_another_experiment() {
    const ParameterChanged change{
        .iteration = 3, .key = "objective.kl_beta", .old_value = "0", .new_value = "0.1"};
    const std::vector runs = {run({}), run({}, {change}), run({"run.seed=1"}, {change})};
    QCOMPARE(grouped(runs, {}), (Groups{{0}, {1, 2}}));
    QCOMPARE(grouped(runs, {.keys = {"run.seed", "objective.kl_beta"}}), (Groups{{0, 1, 2}}));
  }

  void letters_go_on_after_z() {
    QCOMPARE(group_letter(0), std::string("A"));
    QCOMPARE(group_letter(25), std::string("Z"));
    QCOMPARE(group_letter(26), std::string("AA"));
    QCOMPARE(group_letter(27 * 26), std::string("AAA"));
  }
};

QTEST_GUILESS_MAIN(TestConfigEntries)
#include "tst_config_entries.moc"
