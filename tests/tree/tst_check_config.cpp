#include <QtTest>
#include <cmath>
#include <functional>

#include "base/error.h"
#include "tree/check_config.h"
#include "tree/method.h"

using namespace treegrpo;

namespace {

// Whether a default config, changed so, is refused as a configuration with all these words.
bool refused(const std::function<void(RunConfig&)>& change, const QStringList& words) {
  RunConfig config;
  change(config);
  try {
    check_config(config);
  } catch (const Error& error) {
    bool all = error.kind() == ErrorKind::configuration;
    for (const QString& word : words) all = all && QString(error.what()).contains(word);
    if (!all) qWarning("%s", error.what());
    return all;
  }
  qWarning("accepted");
  return false;
}

}  // namespace

class TestCheckConfig : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void the_defaults_of_every_method_are_accepted() {
    for (const Method& method : methods()) {
      RunConfig config;
      config.method.name = std::string(method.name);
      config.credit.rule = std::string(method.credit_rule);
      config.sampler.kind = std::string(method.sampler_kind);
      if (method.name == "custom") {
        config.sampler.steps = 2;
        config.schedule.step = {{2, .7, true}, {}};
      }
      check_config(config);
    }
  }

  void unknown_names_are_refused_with_the_key_and_the_nearest() {
    QVERIFY(refused([](RunConfig& c) { c.method.name = "tree"; }, {"method.name", "treegrpo"}));
    QVERIFY(refused([](RunConfig& c) { c.credit.rule = "treepro"; }, {"credit.rule", "treepo"}));
    QVERIFY(refused([](RunConfig& c) { c.credit.std = "groups"; }, {"credit.std", "mean group"}));
    QVERIFY(refused([](RunConfig& c) { c.method.backup = "means"; }, {"method.backup", "mean"}));
    QVERIFY(refused([](RunConfig& c) { c.method.window_rule = "shift"; }, {"method.window_rule"}));
    QVERIFY(refused([](RunConfig& c) { c.sampler.kind = "sde"; }, {"sampler.kind", "flow_sde"}));
    QVERIFY(refused([](RunConfig& c) { c.objective.aggregation = "sum"; },
                    {"objective.aggregation", "sum_edges"}));
    QVERIFY(refused([](RunConfig& c) { c.objective.step_weight = "gain"; },
                    {"objective.step_weight", "inverse_gain"}));
  }

  void a_probe_needs_seeds_each_once() {
    QVERIFY(
        refused([](RunConfig& c) { c.probe.seeds = {}; }, {"probe.seeds", "probe.prompts = 0"}));
    QVERIFY(refused([](RunConfig& c) { c.probe.seeds = {4, 1, 4}; }, {"probe.seeds", "4 twice"}));
    RunConfig none;
    none.probe.prompts = 0;
    none.probe.seeds = {};
    check_config(none);
  }

  void a_window_must_train_something_and_fit() {
    QVERIFY(refused([](RunConfig& c) { c.method.window = 0; }, {"method.window", "nothing"}));
    QVERIFY(refused([](RunConfig& c) { c.method.window = 10; },
                    {"method.window = 10", "sampler.steps = 10", "9"}));
    QVERIFY(refused([](RunConfig& c) { c.sampler.steps = 1; }, {"sampler.steps"}));
    QVERIFY(refused([](RunConfig& c) { c.method.window_ratio = 0; }, {"method.window_ratio"}));
  }

  void custom_needs_as_many_steps_as_the_sampler_and_steps_need_custom() {
    QVERIFY(refused([](RunConfig& c) { c.method.name = "custom"; }, {"[[schedule.step]]"}));
    QVERIFY(refused(
        [](RunConfig& c) {
          c.method.name = "custom";
          c.schedule.step = {{2, .7, true}, {}};
        },
        {"2 [[schedule.step]]", "sampler.steps = 10"}));
    QVERIFY(refused(
        [](RunConfig& c) {
          c.schedule.step = {{2, .7, true}, {}};
        },
        {"[[schedule.step]]", "method.name = 'treegrpo'"}));
    QVERIFY(refused(
        [](RunConfig& c) {
          c.method.name = "custom";
          c.sampler.steps = 2;
          c.schedule.step = {{2, .7, false}, {}};
        },
        {"trains"}));
    QVERIFY(refused(
        [](RunConfig& c) {
          c.method.name = "custom";
          c.sampler.steps = 2;
          c.schedule.step = {{2, 0, true}, {}};
        },
        {"schedule.step.0.branch", "without noise", "schedule.step.0.noise_level"}));
  }

  void a_drawn_schedule_that_cannot_run_names_its_keys() {
    const auto drawn = [](std::vector<StepPlan> steps, int trees = 1) {
      return [=](RunConfig& c) {
        c.method.name = "custom";
        c.method.trees = trees;
        c.sampler.steps = static_cast<int>(steps.size());
        c.schedule.step = steps;
      };
    };
    QVERIFY(refused(drawn({{2, .7, true}, {1, .7, false}}),
                    {"schedule.step.1.noise_level", "last one", "noise_level = 0"}));
    QVERIFY(refused(drawn({{2, .7, true}, {1, 0, true}}), {"schedule.step.1.train", "last one"}));
    QVERIFY(refused(drawn({{2, .7, true}, {1, 0, true}, {}}),
                    {"schedule.step.1.train", "schedule.step.1.noise_level", "ODE step"}));
    QVERIFY(refused(drawn({{2, 0, false}, {1, .7, true}, {}}), {"schedule.step.0.branch"}));
    QVERIFY(refused(
        drawn({{70, .7, true}, {70, .7, false}, {}}),
        {"schedule.max_leaves = 4096", "4900 after step 1", "[[schedule.step]]", "method.trees"}));
    QVERIFY(refused(drawn({{64, .7, true}, {}}, 65), {"schedule.max_leaves", "4160"}));
    QVERIFY(
        refused(drawn({{1, .7, true}, {}}), {"one image", "[[schedule.step]]", "method.trees"}));
    RunConfig several;
    drawn({{1, .7, true}, {}}, 2)(several);
    check_config(several);
  }

  void split_steps_are_rising_and_inside() {
    const auto splits = [](std::vector<int> steps) {
      return [steps](RunConfig& c) {
        c.method.name = "branchgrpo";
        c.method.split_steps = steps;
      };
    };
    QVERIFY(refused(splits({0, 9}), {"method.split_steps", "step 9", "0 to 8"}));
    QVERIFY(refused(splits({-1}), {"method.split_steps", "-1"}));
    QVERIFY(refused(splits({3, 3}), {"method.split_steps", "once"}));
    QVERIFY(refused(splits({4, 3}), {"method.split_steps", "rising"}));
    QVERIFY(refused(splits({}), {"method.split_steps", "empty"}));
  }

  void a_sampler_without_noise_cannot_train() {
    QVERIFY(refused([](RunConfig& c) { c.sampler.kind = "ode"; }, {"sampler.kind", "ode"}));
    QVERIFY(refused([](RunConfig& c) { c.sampler.noise_level = 0; }, {"sampler.noise_level"}));
  }

  void rewards_are_named_once_with_finite_weights() {
    QVERIFY(refused([](RunConfig& c) { c.reward.clear(); }, {"[[reward]]"}));
    QVERIFY(refused([](RunConfig& c) { c.reward = {{"scene", 1}, {"scene", 2}}; }, {"twice"}));
    QVERIFY(refused([](RunConfig& c) { c.reward = {{"scene", std::nan("")}}; }, {"finite"}));
    QVERIFY(refused([](RunConfig& c) { c.reward = {{"scene", 0}}; }, {"weight"}));
  }

  void what_has_nothing_to_compare_is_refused() {
    QVERIFY(refused([](RunConfig& c) { c.method.branch = 1; }, {"method.branch", "one image"}));
    QVERIFY(refused(
        [](RunConfig& c) {
          c.method.name = "flow_grpo";
          c.credit.rule = "dtreerpo";
        },
        {"credit.rule = 'dtreerpo'", "method.name = 'flow_grpo'", "siblings"}));
  }

  void too_many_leaves_are_refused() {
    QVERIFY(refused([](RunConfig& c) { c.method.branch = 17; },
                    {"schedule.max_leaves", "method.branch"}));
  }

  void what_a_run_is_set_up_with_cannot_be_changed_on_the_way() {
    const auto change_refused = [](const ParameterChanged& change, const char* word) {
      try {
        check_changes({}, std::vector{change});
      } catch (const Error& error) {
        return QString(error.what()).contains(word);
      }
      return false;
    };
    for (const char* key : {"run.seed", "model.guidance_scale", "prompts.per_iteration"})
      QVERIFY(change_refused({7, key, "", "2"}, "changed at iteration 7"));
    QVERIFY(change_refused({7, "reward.0.weight", "1", "2"}, "reward.0.weight"));
    QVERIFY(change_refused({7, "method.window", "3", "12"}, "does not fit"));
    QVERIFY(change_refused({7, "method.windw", "3", "12"}, "method.window"));
    check_changes({}, std::vector<ParameterChanged>{{3, "optimizer.learning_rate", "", "1e-4"},
                                                    {5, "method.window", "3", "2"}});
  }
};

QTEST_GUILESS_MAIN(TestCheckConfig)
#include "tst_check_config.moc"
