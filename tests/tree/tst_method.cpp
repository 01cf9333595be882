#include <QtTest>
#include <map>

#include "base/error.h"
#include "support/property.h"
#include "tree/method.h"
#include "tree/schedule.h"

using namespace treegrpo;
using test::holds;

namespace {

RunConfig of_method(const char* name) {
  RunConfig config;
  config.method.name = name;
  return config;
}

RunConfig fixed_window(const char* name, int window, int start) {
  RunConfig config = of_method(name);
  config.method.window = window;
  config.method.window_rule = "fixed";
  config.method.window_start = start;
  return config;
}

ScheduleCounts counts_of(const RunConfig& config) { return counts(schedule_at(config, 0)); }

}  // namespace

class TestMethod : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void the_table_lists_the_methods_in_menu_order() {
    QStringList names;
    for (const Method& method : methods())
      names << QString::fromUtf8(method.name.data(), static_cast<qsizetype>(method.name.size()));
    QCOMPARE(names.join(' '), QString("treegrpo flow_grpo dancegrpo mixgrpo branchgrpo custom"));
  }

  void an_unknown_method_is_refused_with_the_nearest_name() {
    try {
      method_named("treegpro");
      QFAIL("not refused");
    } catch (const Error& error) {
      QVERIFY(error.kind() == ErrorKind::configuration);
      QVERIFY2(QString(error.what()).contains("did you mean treegrpo"), error.what());
    }
  }

  // The counts table of ARCHITECTURE.md, T = 10.
  void flow_grpo_has_its_counts() {
    const RunConfig config = of_method("flow_grpo");
    QVERIFY(!schedule_at(config, 0).shared_root_noise);
    QVERIFY(counts_of(config) == (ScheduleCounts{27, 297, 270, 243, 243, 27}));
  }

  void dancegrpo_has_its_counts() {
    const RunConfig config = of_method("dancegrpo");
    QVERIFY(schedule_at(config, 0).shared_root_noise);
    QVERIFY(counts_of(config) == (ScheduleCounts{27, 297, 270, 243, 243, 27}));
  }

  void mixgrpo_has_its_counts() {
    const RunConfig config = fixed_window("mixgrpo", 4, 2);
    QVERIFY(schedule_at(config, 0).shared_root_noise);
    QVERIFY(counts_of(config) == (ScheduleCounts{27, 297, 270, 108, 108, 27}));
  }

  void branchgrpo_has_its_counts() {
    RunConfig config = of_method("branchgrpo");
    config.method.branch = 2;
    QVERIFY(counts_of(config) == (ScheduleCounts{16, 67, 51, 35, 50, 16}));
  }

  void treegrpo_has_its_counts() {
    QVERIFY(counts_of(fixed_window("treegrpo", 3, 3)) ==
            (ScheduleCounts{27, 151, 124, 13, 39, 27}));
  }

  void window_starts_are_drawn_with_the_probabilities_of_the_paper() {
    const double golden[] = {.504, .252, .126, .063, .031, .016, .008};
    const auto probabilities = window_probabilities(RunConfig{});
    QCOMPARE(probabilities.size(), std::size_t{7});
    for (std::size_t start = 0; start < 7; ++start)
      QVERIFY(std::abs(probabilities[start] - golden[start]) < 5e-4);
  }

  void the_mean_nfe_over_random_windows_is_that_of_the_paper_model() {
    const std::map<double, double> golden = {{.3, 190.9}, {.5, 177.4}, {.7, 157.7}};
    for (const auto& [ratio, nfe] : golden) {
      RunConfig config;
      config.method.window_ratio = ratio;
      const auto probabilities = window_probabilities(config);
      double mean = 0;
      for (std::size_t start = 0; start < probabilities.size(); ++start)
        mean += probabilities[start] *
                static_cast<double>(
                    counts_of(fixed_window("treegrpo", 3, static_cast<int>(start))).nfe);
      QVERIFY2(std::abs(mean - nfe) < .05, qPrintable(QString::number(mean)));
    }
  }

  void random_starts_follow_their_probabilities() {
    const RunConfig config;
    const auto probabilities = window_probabilities(config);
    std::vector<int> drawn(probabilities.size());
    for (int iteration = 0; iteration < 10000; ++iteration)
      ++drawn[static_cast<std::size_t>(window_start_at(config, iteration))];
    for (std::size_t start = 0; start < drawn.size(); ++start)
      QVERIFY(std::abs(drawn[start] / 10000. - probabilities[start]) < .02);
  }

  void a_window_depends_on_seed_and_iteration_alone() {
    RunConfig config;
    const int start = window_start_at(config, 5);
    window_start_at(config, 6);
    QCOMPARE(window_start_at(config, 5), start);
    int different = 0;
    for (int iteration = 0; iteration < 100; ++iteration) {
      RunConfig other = config;
      other.run.seed = 1;
      different += window_start_at(config, iteration) != window_start_at(other, iteration);
    }
    QVERIFY(different > 30);
  }

  void a_shifting_window_moves_on_time_and_stops_before_the_last_step() {
    RunConfig config = of_method("mixgrpo");
    config.method.window = 4;
    config.method.window_rule = "shifting";
    config.method.window_start = 1;
    config.method.shift_every = 25;
    config.method.shift_by = 2;
    QCOMPARE(window_start_at(config, 0), 1);
    QCOMPARE(window_start_at(config, 24), 1);
    QCOMPARE(window_start_at(config, 25), 3);
    QCOMPARE(window_start_at(config, 50), 5);
    QCOMPARE(window_start_at(config, 1000000), 5);
  }

  void a_fixed_window_is_clamped_before_the_last_step() {
    QCOMPARE(window_start_at(fixed_window("treegrpo", 3, 9), 0), 6);
  }

  void every_window_leaves_the_last_step_alone() {
    QVERIFY(holds("every window leaves the last step alone", [] {
      RunConfig config;
      config.sampler.steps = *rc::gen::inRange(2, 30);
      config.method.window = *rc::gen::inRange(1, std::min(6, config.sampler.steps));
      config.method.window_rule =
          *rc::gen::element<std::string>("random_geometric", "shifting", "fixed");
      config.method.window_start = *rc::gen::inRange(0, 40);
      config.method.branch = 2;
      config.run.seed = *rc::gen::arbitrary<std::uint64_t>();
      const int iteration = *rc::gen::inRange(0, 100000);
      const TreeSchedule schedule = schedule_at(config, iteration);
      RC_ASSERT(schedule.window_start >= 0);
      RC_ASSERT(schedule.window_start + config.method.window < config.sampler.steps);
      for (int step = 0; step < config.sampler.steps; ++step) {
        const bool inside =
            step >= schedule.window_start && step < schedule.window_start + config.method.window;
        RC_ASSERT(schedule.steps[static_cast<std::size_t>(step)].train == inside);
      }
    }));
  }

  void methods_without_a_window_say_so() {
    for (const char* name : {"flow_grpo", "dancegrpo", "branchgrpo"}) {
      QCOMPARE(window_start_at(of_method(name), 0), -1);
      QCOMPARE(schedule_at(of_method(name), 0).window_start, -1);
    }
  }

  void dancegrpo_trains_a_share_of_its_steps_drawn_anew_each_iteration() {
    RunConfig config = of_method("dancegrpo");
    config.method.train_fraction = .6;
    std::vector<int> trained(10);
    for (int iteration = 0; iteration < 300; ++iteration) {
      const TreeSchedule schedule = schedule_at(config, iteration);
      QCOMPARE(counts(schedule).trained_passes, 27 * 6);  // ceil(.6·9) = 6
      for (std::size_t step = 0; step < 10; ++step) {
        trained[step] += schedule.steps[step].train;
        QCOMPARE(schedule.steps[step].noise_level > 0, step < 9);
      }
    }
    QCOMPARE(trained[9], 0);
    for (std::size_t step = 0; step < 9; ++step) QVERIFY(trained[step] > 150);
  }

  void a_custom_schedule_is_the_one_spelled_out() {
    RunConfig config = of_method("custom");
    config.sampler.steps = 3;
    config.schedule.step = {{3, .7, true}, {2, .5, false}, {}};
    const TreeSchedule schedule = schedule_at(config, 9);
    QVERIFY(schedule.steps == config.schedule.step);
    QCOMPARE(counts(schedule).leaves, 6);
  }

  void every_custom_schedule_that_is_valid_runs_as_spelled_out() {
    QVERIFY(holds("custom schedules run as spelled out", [] {
      RunConfig config = of_method("custom");
      config.method.trees = *rc::gen::inRange(1, 5);
      config.sampler.share_prefix = *rc::gen::arbitrary<bool>();  // its roots have their own noises
      config.sampler.steps = *rc::gen::inRange(2, 9);
      std::int64_t leaves = config.method.trees;
      for (int step = 0; step + 1 < config.sampler.steps; ++step) {
        StepPlan plan;
        if (*rc::gen::arbitrary<bool>())
          plan = {*rc::gen::inRange(1, 4), *rc::gen::element(.1, .7, 2.),
                  *rc::gen::arbitrary<bool>()};
        leaves *= plan.branch;
        config.schedule.step.push_back(plan);
      }
      config.schedule.step.push_back({});
      RC_PRE(leaves <= config.schedule.max_leaves);
      const TreeSchedule schedule = schedule_at(config, *rc::gen::inRange(0, 1000));
      RC_ASSERT(schedule.steps == config.schedule.step);
      RC_ASSERT(schedule.roots == config.method.trees);
      RC_ASSERT(!schedule.shared_root_noise);
      RC_ASSERT(counts(schedule).leaves == leaves);
    }));
  }

  void a_tree_of_one_child_is_the_plain_path() {
    RunConfig config = fixed_window("treegrpo", 3, 2);
    config.method.branch = 1;
    QVERIFY(counts_of(config) == (ScheduleCounts{1, 11, 10, 3, 3, 1}));
  }

  void a_shared_prefix_is_predicted_once() {
    RunConfig config = fixed_window("mixgrpo", 4, 2);
    config.sampler.share_prefix = true;
    QCOMPARE(counts_of(config).nfe, 2 + 1 + 27 * 7);
    QCOMPARE(counts_of(config).leaves, 27);
  }
};

QTEST_GUILESS_MAIN(TestMethod)
#include "tst_method.moc"
