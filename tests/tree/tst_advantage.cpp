#include <QtTest>
#include <cmath>
#include <set>

#include "base/error.h"
#include "support/property.h"
#include "support/tree_text.h"
#include "tree/advantage.h"
#include "tree/backup.h"
#include "tree/credit_rules.h"

using namespace treegrpo;
using test::grown_tree;
using test::holds;
using test::tree_from_text;

namespace {

// Leaves 1 2 4 5: mean 3, population deviation sqrt(2.5); pairs average 1.5 and 4.5.
TreeRecord four_leaves() {
  return tree_from_text(R"(
    root
      sde -1.0
        sde -1.0
          ode = 1
        sde -1.0
          ode = 2
      sde -1.0
        sde -1.0
          ode = 4
        sde -1.0
          ode = 5
  )");
}
const double s = std::sqrt(2.5);

Credit credit_of(const std::vector<TreeRecord>& records, const CreditOptions& options = {}) {
  CreditState state;
  return assign_credit(records, options, state);
}

std::vector<double> advantages_by(const char* rule, const TreeRecord& record) {
  return credit_of({record}, {.rule = rule}).records[0].advantages;
}

bool near(double a, double b) { return std::abs(a - b) < 1e-9; }

bool same(const std::vector<double>& found, const std::vector<double>& expected) {
  bool equal = found.size() == expected.size();
  for (std::size_t at = 0; equal && at < found.size(); ++at)
    equal = near(found[at], expected[at]) || (std::isnan(found[at]) && std::isnan(expected[at]));
  if (!equal)
    for (const double value : found) qWarning("%.17g", value);
  return equal;
}

// root | 2 inner | 4 inner | 4 leaves; the last step is ODE and never trains.
std::vector<double> on_edges(std::vector<double> trained) {
  std::vector<double> all = {no_value};
  all.insert(all.end(), trained.begin(), trained.end());
  all.resize(11, no_value);
  return all;
}

std::string refusal(const TreeRecord& record, const CreditOptions& options = {}) {
  try {
    credit_of({record}, options);
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}

TreeSchedule random_tree_schedule() {
  TreeSchedule schedule;
  schedule.roots = *rc::gen::inRange(1, 4);
  const int steps = *rc::gen::inRange(1, 5);
  schedule.steps.push_back({2, .7, true});
  for (int step = 0; step < steps; ++step)
    schedule.steps.push_back(*rc::gen::arbitrary<bool>() ? StepPlan{}
                                                         : StepPlan{*rc::gen::inRange(1, 4), .7,
                                                                    *rc::gen::arbitrary<bool>()});
  schedule.steps.push_back({});
  return schedule;
}

std::mt19937 random_source() { return std::mt19937(*rc::gen::arbitrary<std::uint32_t>()); }

// One to three prompts with up to three reward columns, whose weights may be negative or 0.
std::vector<TreeRecord> random_iteration() {
  std::mt19937 random = random_source();
  const auto columns = *rc::gen::inRange<std::size_t>(1, 4);
  std::vector<TreeRecord> records;
  for (int count = *rc::gen::inRange(1, 4); count > 0; --count) {
    records.push_back(grown_tree(random_tree_schedule(), random, columns));
    for (double& weight : records.back().reward_weights)
      weight = *rc::gen::element(1., .8, .2, 0., -.5);
  }
  return records;
}

CreditOptions random_options(std::string_view rule) {
  return {.rule = std::string(rule),
          .backup = *rc::gen::element(Backup::mean, Backup::softmax_mean_log_prob,
                                      Backup::softmax_sum_log_prob),
          .backup_temperature = *rc::gen::element(.5, 1., 3.),
          .deviation = *rc::gen::element(Deviation::group, Deviation::batch, Deviation::none),
          .std_min = *rc::gen::element(0., 1e-4, .5),
          .adv_clip_max = *rc::gen::element(.5, 5., 1e9)};
}

double sum_of(const std::vector<CreditTerm>& terms) {
  double sum = 0;
  for (const CreditTerm& term : terms) sum += term.weight * term.value;
  return sum;
}

}  // namespace

class TestAdvantage : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void treegrpo_backs_up_z_scores_by_the_mean() {
    QVERIFY(same(advantages_by("treegrpo", four_leaves()),
                 on_edges({-1.5 / s, 1.5 / s, -2 / s, -1 / s, 1 / s, 2 / s})));
  }

  // By depth: values -1.5, 1.5 have deviation 1.5; leaves have deviation s.
  void branchgrpo_scores_values_within_their_step() {
    QVERIFY(same(advantages_by("branchgrpo", four_leaves()),
                 on_edges({-1, 1, -2 / s, -1 / s, 1 / s, 2 / s})));
  }

  void treerpo_compares_a_child_with_its_parent_in_deviations() {
    QVERIFY(same(advantages_by("treerpo", four_leaves()),
                 on_edges({-1.5 / s, 1.5 / s, -.5 / s, .5 / s, -.5 / s, .5 / s})));
  }

  void dtreerpo_compares_a_child_with_its_parent_in_rewards() {
    QVERIFY(
        same(advantages_by("dtreerpo", four_leaves()), on_edges({-1.5, 1.5, -.5, .5, -.5, .5})));
  }

  // Groups of a leaf: all four, and its pair. (-2 - .5)/2, (-1 + .5)/2, … whitened.
  void treepo_compares_a_leaf_with_each_of_its_groups() {
    const double d = std::sqrt((2 * 1.25 * 1.25 + 2 * .25 * .25) / 4);
    QVERIFY(same(advantages_by("treepo", four_leaves()),
                 on_edges({-.75 / d, .75 / d, -1.25 / d, -.25 / d, .25 / d, 1.25 / d})));
  }

  void treegrpo_agent_adds_scores_within_tree_and_prompt() {
    const TreeRecord record = tree_from_text(R"(
      root
        sde -1.0
          ode = 1
        sde -1.0
          ode = 3
      root
        sde -1.0
          ode = 5
        sde -1.0
          ode = 9
    )");
    const double all = std::sqrt(8.75);  // of 1 3 5 9, mean 4.5
    const std::vector<double> z = {-3.5 / all - 1, -1.5 / all + 1, .5 / all - 1, 4.5 / all + 1};
    QVERIFY(
        same(advantages_by("treegrpo_agent", record),
             {no_value, no_value, z[0], z[1], z[2], z[3], no_value, no_value, no_value, no_value}));
  }

  void treerl_adds_global_and_local_differences_over_the_root_of_leaves() {
    const double r = std::sqrt(2.0);
    QVERIFY(same(advantages_by("treerl", four_leaves()),
                 on_edges({-3 / s / r, 3 / s / r, -2.5 / s, -.5 / s, .5 / s, 2.5 / s})));
  }

  void tempo_adds_the_difference_to_the_parent_to_the_z_score() {
    QVERIFY(same(advantages_by("tempo", four_leaves()),
                 on_edges({-3 / s, 3 / s, -2.5 / s, -.5 / s, .5 / s, 2.5 / s})));
  }

  void a_parent_is_worth_the_mean_of_its_children_not_of_its_leaves() {
    const TreeRecord record = tree_from_text(R"(
      root
        sde -1.0
          sde -1.0
            ode = 1
        sde -1.0
          sde -1.0
            ode = 4
          sde -1.0
            ode = 4
    )");
    const double d = std::sqrt(2.0);  // of 1 4 4, mean 3
    const RecordCredit credit = credit_of({record}).records[0];
    QVERIFY(near(credit.values[0], -.5 / d));
    QVERIFY(near(credit.advantages[1], -2 / d));
    QVERIFY(near(advantages_by("treerpo", record)[1], -1.5 / d));
    QVERIFY(near(advantages_by("treerpo", record)[3], 0));  // an only child
    QVERIFY(near(advantages_by("treerl", record)[2], (1.5 + 1.5) / d / std::sqrt(2.0)));
  }

  // Sums of the same three scores in another order differ by rounding alone.
  void values_that_differ_by_rounding_are_no_spread_of_a_step() {
    const TreeRecord record = tree_from_text(R"(
      root
        sde -1.0
          sde -1.0
            ode = .1
          sde -1.0
            ode = .7
          sde -1.0
            ode = .4
        sde -1.0
          sde -1.0
            ode = .4
          sde -1.0
            ode = .7
          sde -1.0
            ode = .1
    )");
    const auto credit = credit_of({record}, {.rule = "branchgrpo", .std_min = 0}).records[0];
    QVERIFY(credit.values[1] != credit.values[2]);
    QCOMPARE(credit.advantages[1], 0.0);
    QCOMPARE(credit.advantages[2], 0.0);
  }

  void a_softmax_backup_weighs_children_by_their_density() {
    TreeRecord record = four_leaves();
    record.nodes[3].log_prob = std::log(3.0);
    record.nodes[4].log_prob = 0;
    const CreditOptions options{.backup = Backup::softmax_mean_log_prob};
    const Credit credit = credit_of({record}, options);
    QVERIFY(near(credit.records[0].values[1], (.75 * -2 + .25 * -1) / s));
    // Two nodes weigh their children alike, one by 3/4 and 1/4.
    QVERIFY(near(credit.softmax_ess, (2 + 2 + 1 / (.75 * .75 + .25 * .25)) / 3));
  }

  void a_summed_log_prob_is_the_mean_times_the_dimensions() {
    TreeRecord record = four_leaves();
    record.nodes[3].log_prob = std::log(3.0);
    record.nodes[4].log_prob = 0;
    const CreditOptions options{.backup = Backup::softmax_sum_log_prob, .backup_temperature = 4};
    QVERIFY(refusal(record, options).find("dimensions") != std::string::npos);
    record.latent_dimensions = 4;
    QVERIFY(near(credit_of({record}, options).records[0].values[1], -1.75 / s));
    record.latent_dimensions = 8;
    QVERIFY(near(credit_of({record}, options).records[0].values[1], (.9 * -2 + .1 * -1) / s));
  }

  void a_softmax_backup_needs_the_log_probs_of_siblings() {
    TreeRecord record = four_leaves();
    record.nodes[3].log_prob = no_value;
    QVERIFY(refusal(record, {.backup = Backup::softmax_mean_log_prob}).find("node 3") !=
            std::string::npos);
    QCOMPARE(refusal(record), std::string("accepted"));
  }

  void equal_log_probs_make_the_softmax_exactly_the_mean() {
    const TreeRecord record = four_leaves();
    const auto mean = credit_of({record});
    const auto softmax = credit_of({record}, {.backup = Backup::softmax_mean_log_prob});
    QVERIFY(mean.records[0].values == softmax.records[0].values);
    QCOMPARE(softmax.softmax_ess, 2.0);
  }

  // Siblings' mean log-probs differ by a deviation of 1/sqrt(2D).
  void a_softmax_of_mean_log_probs_nears_the_mean_as_latents_grow() {
    std::mt19937 random(3);
    double last = 10;
    for (const double dimensions : {10., 1000., 100000.}) {
      TreeRecord record = four_leaves();
      std::normal_distribution<double> spread(-1, 1 / std::sqrt(2 * dimensions));
      std::mt19937 same_noise(5);
      for (TreeNode& node : record.nodes) node.log_prob = spread(same_noise);
      const auto softmax = credit_of({record}, {.backup = Backup::softmax_mean_log_prob});
      const double apart =
          std::abs(softmax.records[0].values[1] - credit_of({record}).records[0].values[1]);
      QVERIFY(apart < last / 3);
      last = apart;
    }
    QVERIFY(last < 1e-3);
  }

  void each_reward_is_normalised_by_itself_and_weighted_after() {
    TreeRecord record = tree_from_text(R"(
      root
        sde -1.0
          ode = 0 100
        sde -1.0
          ode = 1 900
    )");
    record.reward_weights = {.8, .2};
    QVERIFY(same(advantages_by("treegrpo", record), {no_value, -1, 1, no_value, no_value}));
    const CreditTrace trace = credit_of({record}).records[0].trace;
    QCOMPARE(trace.normalisation[1].mean, 500.0);
    QCOMPARE(trace.normalisation[1].deviation, 400.0);
    QVERIFY(same(trace.leaves[0].normalised, {-1, -1}));
    QVERIFY(same(trace.leaves[0].raw, {0, 100}));
    QVERIFY(near(trace.leaves[0].advantage, -1));
  }

  void a_reward_that_does_not_vary_gives_no_advantage() {
    const TreeRecord record = tree_from_text(R"(
      root
        sde -1.0
          ode = 0 .1
        sde -1.0
          ode = 1 .1
    )");
    const Credit credit = credit_of({record});
    QVERIFY(same(credit.records[0].advantages, {no_value, -1, 1, no_value, no_value}));
    QVERIFY(credit.records[0].trace.normalisation[1].skipped);
    QCOMPARE(credit.skipped_groups, 0);
  }

  void a_group_without_variance_is_skipped_and_counted() {
    TreeRecord flat = four_leaves();
    flat.rewards[0].assign(4, .1);
    for (const CreditRule& rule : credit_rules()) {
      const Credit credit = credit_of({four_leaves(), flat}, {.rule = std::string(rule.name)});
      QCOMPARE(credit.skipped_groups, 1);
      QVERIFY(credit.records[1].skipped && !credit.records[0].skipped);
      for (const double advantage : credit.records[1].advantages) QVERIFY(std::isnan(advantage));
      for (const double value : credit.records[1].values) QCOMPARE(value, 0.0);
      QVERIFY(std::isfinite(credit.records[0].advantages[1]));
    }
  }

  void a_small_deviation_is_raised_to_its_floor() {
    TreeRecord record = four_leaves();
    for (double& reward : record.rewards[0]) reward *= 1e-6;
    const auto credit = credit_of({record}, {.std_min = .05});
    QVERIFY(near(credit.records[0].advantages[6], 2e-6 / .05));
    QCOMPARE(credit.records[0].trace.normalisation[0].divisor, .05);
  }

  void the_batch_deviation_is_that_of_all_leaves_of_the_iteration() {
    TreeRecord other = four_leaves();
    for (double& reward : other.rewards[0]) reward += 10;
    const auto credit = credit_of({four_leaves(), other}, {.deviation = Deviation::batch});
    const double batch = std::sqrt(2.5 + 25);
    QVERIFY(near(credit.records[0].advantages[6], 2 / batch));
    QVERIFY(near(credit.records[1].advantages[3], -2 / batch));
  }

  void no_deviation_leaves_centred_rewards() {
    const auto credit = credit_of({four_leaves()}, {.deviation = Deviation::none});
    QVERIFY(near(credit.records[0].advantages[6], 2));
  }

  void advantages_are_clamped_last() {
    const auto credit = credit_of({four_leaves()}, {.rule = "tempo", .adv_clip_max = 1});
    QVERIFY(same(credit.records[0].advantages, on_edges({-1, 1, -1, -.5 / s, .5 / s, 1})));
    QVERIFY(near(credit.records[0].trace.edges[0].unclamped, -3 / s));
    QVERIFY(near(credit.records[0].values[1], -1.5 / s));  // values are not
  }

  void a_reward_that_is_not_a_number_is_named() {
    TreeRecord record = four_leaves();
    record.iteration = 7;
    record.prompt = {3};
    record.text = "a red circle";
    record.rewards[0][2] = no_value;
    const QString words = QString::fromStdString(refusal(record));
    for (const char* word : {"'r0'", "prompt 3", "a red circle", "iteration 7", "NaN"})
      QVERIFY2(words.contains(word), qPrintable(words));
  }

  void a_column_of_the_wrong_length_is_named() {
    TreeRecord record = four_leaves();
    record.rewards[0].pop_back();
    const QString words = QString::fromStdString(refusal(record));
    QVERIFY2(words.contains("3 values for 4 images"), qPrintable(words));
  }

  void apply_writes_values_and_advantages_to_the_nodes() {
    TreeRecord record = four_leaves();
    apply(credit_of({record}).records[0], record);
    QVERIFY(near(record.nodes[0].value, 0));
    QVERIFY(near(record.nodes[2].value, 1.5 / s));
    QVERIFY(near(record.nodes[2].advantage, 1.5 / s));
    QVERIFY(std::isnan(record.nodes[0].advantage));
    QVERIFY(std::isnan(record.nodes[10].advantage));
  }

  void no_records_have_no_credit() {
    const Credit credit = credit_of({});
    QVERIFY(credit.records.empty());
    QVERIFY(std::isnan(credit.softmax_ess));
  }

  void an_unknown_rule_is_refused_with_the_nearest() {
    const std::string words = refusal(four_leaves(), {.rule = "treegrpo_agents"});
    QVERIFY(words.find("did you mean treegrpo_agent") != std::string::npos);
  }

  // The proof that flat GRPO is a case and not a branch in the code.
  void on_a_forest_of_chains_trajectory_rules_give_every_edge_its_images_z_score() {
    QVERIFY(holds("on a forest of chains trajectory rules are GRPO", [] {
      TreeSchedule schedule;
      schedule.roots = *rc::gen::inRange(2, 30);
      schedule.steps.assign(static_cast<std::size_t>(*rc::gen::inRange(1, 6)), {1, .7, true});
      schedule.steps.push_back({});
      std::mt19937 random = random_source();
      const TreeRecord record = grown_tree(schedule, random);
      const Moments group = moments(record.rewards[0]);
      for (const CreditRule& rule : credit_rules()) {
        if (!rule.reduces_to_grpo) continue;
        const auto advantages = advantages_by(std::string(rule.name).c_str(), record);
        for (std::size_t node = 0; node < record.nodes.size(); ++node) {
          if (record.nodes[node].step == 0 || record.is_leaf(node)) continue;
          const auto tree = static_cast<std::size_t>(record.nodes[node].tree);
          const double z = (record.rewards[0][tree] - group.mean) / group.deviation;
          RC_ASSERT(near(advantages[node], z));
        }
      }
    }));
  }

  void sibling_rules_give_nothing_on_a_forest_of_chains() {
    TreeSchedule schedule{.roots = 5, .steps = {{1, .7, true}, {}}};
    std::mt19937 random(1);
    const TreeRecord record = grown_tree(schedule, random);
    for (const CreditRule& rule : credit_rules())
      if (!rule.reduces_to_grpo)
        for (const double advantage : advantages_by(std::string(rule.name).c_str(), record))
          QVERIFY(std::isnan(advantage) || near(advantage, 0));
  }

  void the_terms_of_every_leaf_and_edge_sum_exactly_to_what_they_explain() {
    QVERIFY(holds("terms sum to scores and advantages", [] {
      const std::vector<TreeRecord> records = random_iteration();
      for (const CreditRule& rule : credit_rules()) {
        const CreditOptions options = random_options(rule.name);
        const Credit credit = credit_of(records, options);
        for (std::size_t at = 0; at < records.size(); ++at) {
          const RecordCredit& found = credit.records[at];
          RC_ASSERT(found.trace.leaves.size() == leaves(records[at]).size());
          for (const LeafTrace& leaf : found.trace.leaves) {
            RC_ASSERT(sum_of(leaf.terms) == leaf.score);
            RC_ASSERT(leaf.score == found.values[static_cast<std::size_t>(leaf.node)]);
            RC_ASSERT(!leaf.formula.empty());
          }
          RC_ASSERT(found.trace.edges.size() ==
                    records[at].nodes.size() -
                        static_cast<std::size_t>(records[at].schedule.roots));
          for (const EdgeTrace& edge : found.trace.edges) {
            for (const CreditTerm& term : edge.terms)
              if (term.node != of_a_group)  // RC_ASSERT evaluates both sides of an ||
                RC_ASSERT(term.value == found.values[static_cast<std::size_t>(term.node)]);
            RC_ASSERT(sum_of(edge.terms) == edge.unclamped);
            RC_ASSERT(!edge.formula.empty());
            const double advantage = found.advantages[static_cast<std::size_t>(edge.node)];
            RC_ASSERT(std::isnan(advantage) ||
                      advantage ==
                          std::clamp(edge.unclamped, -options.adv_clip_max, options.adv_clip_max));
          }
        }
      }
    }));
  }

  void mean_backup_ends_at_zero_and_group_advantages_sum_to_zero() {
    QVERIFY(holds("mean backup ends at 0", [] {
      std::mt19937 random = random_source();
      const TreeRecord record = grown_tree(random_tree_schedule(), random, 2);
      const auto found = credit_of({record}, {.adv_clip_max = 1e9}).records[0];
      std::vector<double> sums(static_cast<std::size_t>(record.steps()) + 1);
      for (std::size_t node = 0; node < record.nodes.size(); ++node)
        sums[static_cast<std::size_t>(record.nodes[node].step)] += found.values[node];
      for (const double sum : sums) RC_ASSERT(near(sum, 0));
      if (record.schedule.roots == 1) RC_ASSERT(near(found.values[0], 0));
    }));
  }

  void only_edges_of_trained_steps_have_an_advantage() {
    QVERIFY(holds("only edges of trained steps have an advantage", [] {
      std::mt19937 random = random_source();
      const TreeRecord record = grown_tree(random_tree_schedule(), random);
      const auto advantages = credit_of({record}).records[0].advantages;
      for (std::size_t node = 0; node < record.nodes.size(); ++node) {
        const int step = record.nodes[node].step;
        const bool trains =
            step > 0 && record.schedule.steps[static_cast<std::size_t>(step) - 1].train;
        RC_ASSERT(std::isnan(advantages[node]) == !trains);
      }
    }));
  }

  void an_ode_step_hands_its_value_up_unchanged() {
    const auto values = credit_of({four_leaves()}).records[0].values;
    for (std::size_t inner = 3; inner < 7; ++inner) QCOMPARE(values[inner], values[inner + 4]);
  }

  // Balanced tree, independent leaf rewards: deviation k^{-(w-j)/2} at depth j.
  void early_edges_get_small_advantages() {
    TreeSchedule schedule{.roots = 1, .steps = {{3, .7, true}, {3, .7, true}, {3, .7, true}, {}}};
    std::mt19937 random(11);
    double squares = 0;
    for (int trial = 0; trial < 400; ++trial) {
      const auto values = credit_of({grown_tree(schedule, random)}).records[0].values;
      for (std::size_t node = 1; node <= 3; ++node) squares += values[node] * values[node] / 1200;
    }
    // Centred by the tree's own mean: a factor sqrt(1 - 1/3)/sqrt(1 - 1/27) of 1/3.
    QVERIFY(std::abs(std::sqrt(squares) - std::sqrt((1 - 1. / 3) / (1 - 1. / 27)) / 3) < .02);
  }

  void options_come_from_the_config() {
    RunConfig config;
    config.credit = {.rule = "tempo", .std = "batch", .std_min = .05, .adv_clip_max = 3};
    config.method.backup = "softmax_sum_log_prob";
    config.method.backup_temperature = 2;
    const CreditOptions options = credit_options(config);
    QCOMPARE(options.rule, std::string("tempo"));
    QVERIFY(options.backup == Backup::softmax_sum_log_prob);
    QVERIFY(options.deviation == Deviation::batch);
    QCOMPARE(options.std_min, .05);
    QCOMPARE(options.adv_clip_max, 3.0);
    QCOMPARE(options.backup_temperature, 2.0);
    QVERIFY(backup_name(options.backup) == config.method.backup);
  }
};

QTEST_GUILESS_MAIN(TestAdvantage)
#include "tst_advantage.moc"
