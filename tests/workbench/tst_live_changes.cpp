#include <QTest>

#include "record/config_changes.h"
#include "store/store_test.h"
#include "workbench/live_changes.h"
#include "workbench/remote_control.h"

using namespace treegrpo;
using namespace treegrpo::test;

class TestLiveChanges : public QObject {
  Q_OBJECT

  static std::vector<ParameterChanged> changes(const RunConfig& config,
                                               const std::vector<std::string>& assignments,
                                               const std::vector<ParameterChanged>& before = {}) {
    return live_changes({config, before}, 5, {.assignments = assignments, .author = "ada@lab"});
  }

 private Q_SLOTS:
  void a_change_tells_old_and_new_value_and_who_made_it() {
    const auto made = changes({}, {"method.window=4", "method.branch=2", "sampler.steps=10"});
    QCOMPARE(made.size(), std::size_t{2});  // there are 10 steps already
    QCOMPARE(made[0].iteration, 5);
    QCOMPARE(made[0].key, std::string("method.window"));
    QCOMPARE(made[0].old_value, std::string("3"));
    QCOMPARE(made[0].new_value, std::string("4"));
    QCOMPARE(made[0].author, std::string("ada@lab"));
  }

  void what_was_changed_before_is_what_is_changed_now() {
    const auto made = changes({}, {"method.window=3"}, {{2, "method.window", "3", "4"}});
    QCOMPARE(made.at(0).old_value, std::string("4"));
    QVERIFY(changes({}, {"method.window=4"}, {{2, "method.window", "3", "4"}}).empty());
  }

  // A run that was resumed from before a change it had made already.
  void a_change_before_a_later_one_does_not_undo_it() {
    std::vector<ParameterChanged> all = {{8, "method.window", "3", "5"}};
    add_changes(all, changes({}, {"method.window=4"}, all));
    QCOMPARE(config_of_iteration({}, all, 5).method.window, 4);
    QCOMPARE(config_of_iteration({}, all, 8).method.window, 5);
  }

  void a_schedule_may_be_drawn_step_by_step() {
    RunConfig config;
    config.sampler.steps = 4;
    std::vector<std::string> drawn = {"method.name=custom"};
    for (int step = 0; step < 4; ++step) {
      const std::string row = "schedule.step." + std::to_string(step) + ".";
      drawn.push_back(row + "branch=" + (step == 1 ? "3" : "1"));
      drawn.push_back(row + "noise_level=" + (step == 1 ? "0.7" : "0"));
      drawn.push_back(row + "train=" + (step == 1 ? "true" : "false"));
    }
    const auto made = changes(config, drawn);
    const RunConfig after = config_of_iteration(config, made, 5);
    QCOMPARE(after.method.name, std::string("custom"));
    QCOMPARE(after.schedule.step.size(), std::size_t{4});
    const auto undone = changes(after, {"method.name=treegrpo", "schedule.step=[]"});
    QCOMPARE(undone.size(), std::size_t{2});
    QCOMPARE(undone[1].old_value, std::string("[4 items]"));
    QVERIFY(config_of_iteration(after, undone, 5).schedule.step.empty());
  }

  void keyframes_come_and_go() {
    const auto made =
        changes({}, {"schedule.keyframe.0.iteration=9", "schedule.keyframe.0.set=method.window=2"});
    QCOMPARE(made.size(), std::size_t{2});
    const RunConfig after = config_of_iteration({}, made, 5);
    QCOMPARE(after.schedule.keyframe.at(0).set, std::string("method.window=2"));
    QVERIFY(config_of_iteration(after, changes(after, {"schedule.keyframe=[]"}), 5) == RunConfig{});
  }

  void what_a_run_cannot_take_is_a_sentence_data() {
    QTest::addColumn<std::vector<std::string>>("assignments");
    QTest::addColumn<QString>("words");
    using List = std::vector<std::string>;
    QTest::newRow("no key") << List{"method.windw=4"} << "method.window";
    QTest::newRow("no value") << List{"method.window"} << "KEY=VALUE";
    QTest::newRow("type") << List{"method.window=wide"} << "method.window";
    QTest::newRow("contradiction")
        << List{"method.branch=2", "method.window=10"} << "method.window = 10";
    QTest::newRow("model") << List{"model.path=other.safetensors"} << "make a new run";
    QTest::newRow("seed") << List{"run.seed=2"} << "make a new run";
    QTest::newRow("reference") << List{"objective.kl_beta=0.1"} << "objective.kl_beta";
    QTest::newRow("average") << List{"ema.decay=0.9"} << "ema.decay";
  }
  void what_a_run_cannot_take_is_a_sentence() {
    QFETCH(std::vector<std::string>, assignments);
    QFETCH(QString, words);
    RunConfig config;
    config.objective.kl_beta = 0;
    config.ema.decay = 0;
    VERIFY_SAYS(changes(config, assignments), words);
  }

  void weights_that_were_kept_once_may_be_used_again() {
    RunConfig config;
    config.objective.kl_beta = .1;
    const std::vector<ParameterChanged> off = {{2, "objective.kl_beta", "0.1", "0"}};
    QCOMPARE(changes(config, {"objective.kl_beta=0.2"}, off).size(), std::size_t{1});
  }

  void a_command_comes_out_of_its_row_as_it_went_in() {
    const std::vector<SteeringCommand> commands = {
        {.what = Steering::pause},
        {.what = Steering::resume},
        {.what = Steering::stop},
        {.what = Steering::step, .unit = SafePoint::trees},
        {.what = Steering::edit,
         .edit = {.assignments = {"a=\"b\"", "c=[1, 2]"}, .author = "ada@lab"}}};
    for (const SteeringCommand& command : commands) {
      const SteeringCommand read = from_row(to_row(command));
      QCOMPARE(read.what, command.what);
      QCOMPARE(read.unit, command.unit);
      QVERIFY(read.edit.assignments == command.edit.assignments);
      QCOMPARE(read.edit.author, command.edit.author);
    }
    VERIFY_SAYS(from_row({"sing", ""}), "'sing' is no command for a run");
    VERIFY_SAYS(from_row({"step", "leap"}), "there are step, trees, update, iteration");
    VERIFY_SAYS(from_row({"set", "{}"}), "cannot be read");
  }
};

QTEST_GUILESS_MAIN(TestLiveChanges)
#include "tst_live_changes.moc"
