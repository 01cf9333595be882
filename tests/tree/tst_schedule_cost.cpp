#include <QtTest>
#include <cmath>
#include <numeric>

#include "tree/method.h"
#include "tree/schedule_cost.h"
#include "tree/schedule_draft.h"

using namespace treegrpo;

namespace {

TreeSchedule branching_at(int steps, int branch, const std::vector<int>& at) {
  TreeSchedule schedule{.steps = std::vector<StepPlan>(static_cast<std::size_t>(steps))};
  for (const int step : at) schedule.steps[static_cast<std::size_t>(step)] = {branch, .7, true};
  return schedule;
}

constexpr MeasuredFigures plain{.memory = {.model_bytes = 1000,
                                           .optimizer_bytes = 2000,
                                           .latent_bytes = 10,
                                           .activation_bytes = 100,
                                           .forward_bytes = 20},
                                .node_row_bytes = 5,
                                .thumbnail_bytes = 50,
                                .forward_seconds = .01,
                                .train_seconds = .03};

}  // namespace

class TestScheduleCost : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void the_worked_values_of_trees_and_separate_trajectories() {
    const TreeSchedule early = branching_at(10, 2, {0, 1, 2, 3});
    QCOMPARE(counts(early).nfe, 111);
    QCOMPARE(flat_counts(early).nfe, 160);
    QCOMPARE(counts(branching_at(10, 2, {3, 4, 5, 6})).nfe, 66);
    QCOMPARE(counts(branching_at(10, 2, {6, 7, 8, 9})).nfe, 21);
    const TreeSchedule splits = branching_at(28, 3, {7, 14, 21});
    QCOMPARE(counts(splits).nfe, 254);
    QCOMPARE(counts(splits).leaves, 27);
    QCOMPARE(flat_counts(splits).nfe, 756);
  }

  void separate_trajectories_train_each_leaf_alone() {
    QCOMPARE(flat_counts(branching_at(10, 3, {3, 4, 5})).trained_passes, 81);
  }

  void the_expected_nfe_is_the_mean_over_starts() {
    RunConfig config;
    QVERIFY(std::abs(expected_nfe(config, 0) - 177.4) < .05);
    config.method.window_ratio = .3;
    QVERIFY(std::abs(expected_nfe(config, 0) - 190.9) < .05);
    const auto starts = window_starts(config, 0);
    QCOMPARE(starts.size(), std::size_t(7));
    QCOMPARE(starts[0].nfe, 202);
    QCOMPARE(starts[3].nfe, 124);
    QCOMPARE(starts[6].nfe, 46);
    const double sum = std::accumulate(
        starts.begin(), starts.end(), 0.0,
        [](double so_far, const WindowStart& at) { return so_far + at.probability; });
    QVERIFY(std::abs(sum - 1) < 1e-12);
  }

  void a_sliding_window_has_the_shares_of_its_run() {
    RunConfig config;
    config.method.window_rule = "shifting";
    config.method.shift_every = 50;
    config.run.iterations = 100;
    const auto starts = window_starts(config, 0);
    QCOMPARE(starts[0].probability, .5);
    QCOMPARE(starts[1].probability, .5);
    QVERIFY(std::abs(expected_nfe(config, 0) - (202 + 176) / 2.0) < 1e-9);
    config.run.iterations = 1'000'000'000;  // it stays at its last start
    QVERIFY(std::abs(expected_nfe(config, 0) - 46) < .01);
  }

  void starts_of_coming_iterations_are_those_the_run_will_have() {
    RunConfig config;
    config.run.seed = 7;
    const auto starts = starts_of_iterations(config, 30, 20);
    for (int at = 0; at < 20; ++at)
      QCOMPARE(starts[static_cast<std::size_t>(at)], window_start_at(config, 30 + at));
    config.method.name = "flow_grpo";
    QCOMPARE(starts_of_iterations(config, 0, 3), std::vector<int>({-1, -1, -1}));
    QVERIFY(window_starts(config, 0).empty());
    QCOMPARE(expected_nfe(config, 0), 270.0);
  }

  void an_estimate_counts_prompts_guidance_and_passes() {
    RunConfig config;
    config.prompts.per_iteration = 2;
    config.images.every = 4;
    const ScheduleCounts sizes{.leaves = 27,
                               .nodes = 151,
                               .nfe = 124,
                               .trained_passes = 13,
                               .trained_edges = 39,
                               .frontier_peak = 27};
    const CostEstimate cost = estimate(config, sizes, plain);
    QCOMPARE(cost.nfe, 248.0);
    QCOMPARE(cost.forward_rows, 274.0);
    QCOMPARE(cost.memory_bytes, 3000.0 + 54 * 10 + 26 * 100);  // training is what takes most
    QCOMPARE(cost.store_bytes, 302.0 * 5 + (54 + 62) * 50);
    QCOMPARE(cost.seconds, 248 * .01 + 26 * .03);
    config.model.guidance_scale = 4;
    config.objective.updates = 3;
    config.sampler.micro_batch = 8;
    const CostEstimate guided = estimate(config, sizes, plain);
    QCOMPARE(guided.forward_rows, 2 * 248.0 + 3 * 26);
    QCOMPARE(guided.memory_bytes, 3000.0 + 54 * 10 + 8 * 100);
  }

  void what_was_not_measured_is_not_known() {
    const CostEstimate cost = estimate({}, {.nfe = 10}, nothing_measured());
    QCOMPARE(cost.nfe, 80.0);
    QVERIFY(std::isnan(cost.memory_bytes) && std::isnan(cost.seconds));
  }

  void the_other_methods_have_as_many_leaves() {
    RunConfig config;
    config.method.window_rule = "fixed";
    config.method.window_start = 3;
    const auto costs = compared_methods(config, config, 0);
    QCOMPARE(costs.size(), std::size_t(5));
    for (const MethodCost& cost : costs) {
      QCOMPARE(cost.drawn, cost.name == "treegrpo");
      QCOMPARE(cost.counts.leaves, cost.name == "branchgrpo" ? 16 : 27);
      QCOMPARE(cost.counts.nfe, cost.drawn ? 124 : cost.name == "branchgrpo" ? 51 : 270);
    }
  }

  void a_deviation_is_a_share_of_what_was_predicted() {
    QVERIFY(std::abs(deviation(31, 29.6) + .045) < .001);
    QVERIFY(std::isnan(deviation(0, 1)));
  }
};

QTEST_GUILESS_MAIN(TestScheduleCost)
#include "tst_schedule_cost.moc"
