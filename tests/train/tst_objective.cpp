#include <QTest>
#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "rollout/grow.h"
#include "rollout/guidance.h"
#include "sampler/noise.h"
#include "support/toy_policy.h"
#include "train/ema.h"
#include "train/objective.h"
#include "train/policy_update.h"
#include "tree/method.h"
#include "tree/sigmas.h"

using namespace treegrpo;
using treegrpo::test::ToyPolicy;

namespace {

// Two prompts, one tree each: T = 6, the window at steps 1 and 2, k = 3.
struct Rollout {
  ToyPolicy policy;
  Conditioning conditioning;
  std::vector<GrownTree> trees;

  explicit Rollout(int branch = 3, StepKind kind = StepKind::flow_sde) {
    const std::vector<std::string> prompts{"a circle", "a square"};
    RunConfig config;
    config.sampler.steps = 6;
    config.method.window = 2;
    config.method.branch = branch;
    config.method.window_rule = "fixed";
    config.method.window_start = 1;
    conditioning = policy.encode(prompts);
    trees = *grow(policy, {.prompts = prompts,
                           .conditioning = &conditioning,
                           .schedule = schedule_at(config, 0),
                           .sigmas = sigma_table(SigmaRule::uniform, 6, 1),
                           .kind = kind,
                           .seed = 5,
                           .watched = {}});
    for (GrownTree& tree : trees) {
      double sign = 1;
      for (const TrainedParent& parent : tree.trained)
        for (const std::int32_t child : parent.children) {
          node(tree, child).advantage = sign * (.3 + .1 * static_cast<double>(child));
          sign = -sign;
        }
    }
    policy.calls.clear();
    policy.rows.clear();
  }

  static TreeNode& node(GrownTree& tree, std::int32_t index) {
    return tree.record.nodes[static_cast<std::size_t>(index)];
  }

  std::int64_t parents() const {
    std::int64_t count = 0;
    for (const GrownTree& tree : trees) count += static_cast<std::int64_t>(tree.trained.size());
    return count;
  }

  // Σ over edges of factor(tree, parent, child)·∇ log π(child), a forward pass an edge.
  template <class Factor>
  at::Tensor edge_by_edge(const Factor& factor) {
    policy.zero_gradient();
    for (std::size_t i = 0; i < trees.size(); ++i)
      for (const TrainedParent& parent : trees[i].trained)
        for (std::size_t k = 0; k < parent.children.size(); ++k) {
          const TreeRecord& record = trees[i].record;
          const auto step = static_cast<std::size_t>(node(trees[i], parent.node).step);
          const at::Tensor x = parent.latent.unsqueeze(0);
          const at::Tensor prediction = predict_guided(
              policy, x, at::full({1}, record.sigmas[step]),
              {.conditioning = &conditioning, .rows = at::full({1}, static_cast<std::int64_t>(i))});
          const Transition next = transition(StepKind::flow_sde, prediction, x,
                                             {.sigma = record.sigmas[step],
                                              .sigma_next = record.sigmas[step + 1],
                                              .first_sigma = record.sigmas[1]},
                                             record.schedule.steps[step].noise_level);
          const at::Tensor log = log_prob(
              StepKind::flow_sde, parent.child_latents[static_cast<std::int64_t>(k)].unsqueeze(0),
              next.mean, next.std);
          (log * factor(trees[i], parent, parent.children[k])).sum().backward();
        }
    const at::Tensor gradient = policy.flat_gradient().clone();
    policy.zero_gradient();
    return gradient;
  }

  // The deviation of the noise of a parent's children, from the children and their keys.
  double drawn_deviation(std::size_t at, const TrainedParent& parent) const {
    const TreeRecord& record = trees[at].record;
    std::vector<NoiseCounter> counters;
    for (const std::int32_t child : parent.children) {
      const std::vector<std::int32_t> steps = path(record, child);
      counters.push_back(noise_counter(
          {.seed = 5, .prompt_hash = prompt_hash(record.text), .tree = 0, .path = steps}));
    }
    const at::Tensor noise = normal_noise(counters, policy.info().latent_shape);
    const at::Tensor moved = parent.child_latents[0] - parent.child_latents[1];
    return (moved.norm() / (noise[0] - noise[1]).norm()).item<double>();
  }

  // How far the current weights' mean of a parent is from the reference's.
  at::Tensor moved_mean(std::size_t at, const TrainedParent& parent, StepKind kind) {
    const c10::NoGradGuard no_grad;
    const TreeRecord& record = trees[at].record;
    const auto step = static_cast<std::size_t>(node(trees[at], parent.node).step);
    std::vector<at::Tensor> means;
    for (const Weights weights : {Weights::current, Weights::reference}) {
      const at::Tensor x = parent.latent.unsqueeze(0);
      const at::Tensor prediction =
          predict_guided(policy, x, at::full({1}, record.sigmas[step]),
                         {.conditioning = &conditioning,
                          .rows = at::full({1}, static_cast<std::int64_t>(at)),
                          .weights = weights});
      means.push_back(transition(kind, prediction, x,
                                 {.sigma = record.sigmas[step],
                                  .sigma_next = record.sigmas[step + 1],
                                  .first_sigma = record.sigmas[1]},
                                 record.schedule.steps[step].noise_level)
                          .mean);
    }
    return means[0] - means[1];
  }

  PassResult pass(const ObjectiveOptions& options, OldPolicy old = OldPolicy::itself) {
    policy.zero_gradient();
    return accumulate_gradients(policy, trees, conditioning, options, old);
  }
};

double advantage_of(const GrownTree& tree, std::int32_t child) {
  return tree.record.nodes[static_cast<std::size_t>(child)].advantage;
}

bool near(const at::Tensor& a, const at::Tensor& b) {
  return (a - b).norm().item<double>() <= 1e-5 * b.norm().item<double>();
}

std::string message_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

class TestObjective : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void at_the_old_policy_the_gradient_is_minus_advantage_times_score() {
    Rollout rollout;
    const at::Tensor expected =
        rollout.edge_by_edge([](const GrownTree& tree, const TrainedParent&, std::int32_t child) {
          return -advantage_of(tree, child) / 2;  // two prompts
        });
    for (const OldPolicy old : {OldPolicy::itself, OldPolicy::stored}) {
      const PassResult result = rollout.pass({.clip_range = 1e-2}, old);
      QVERIFY(near(rollout.policy.flat_gradient(), expected));
      for (const TrainedEdge& edge : result.edges) QVERIFY(std::abs(edge.stored_ratio - 1) < 1e-5);
    }
  }

  void one_forward_a_parent_serves_all_its_edges() {
    Rollout rollout;
    const PassResult result = rollout.pass({});
    QCOMPARE(result.parents, rollout.parents());
    QCOMPARE(rollout.parents(), std::int64_t{8});
    QCOMPARE(result.edges.size(), std::size_t{24});
    QCOMPARE(rollout.policy.rows[Weights::current], rollout.parents());
    QCOMPARE(rollout.policy.calls[Weights::current], 1);
  }

  void a_micro_batch_changes_the_calls_and_not_the_gradient() {
    Rollout rollout;
    rollout.pass({});
    const at::Tensor whole = rollout.policy.flat_gradient().clone();
    rollout.policy.calls.clear();
    rollout.pass({.micro_batch = 3});
    QCOMPARE(rollout.policy.calls[Weights::current], 3);
    QVERIFY(near(rollout.policy.flat_gradient(), whole));
  }

  void aggregations_divide_by_what_they_say() {
    Rollout rollout;
    const auto gradient = [&](Aggregation aggregation) {
      rollout.pass({.aggregation = aggregation});
      return rollout.policy.flat_gradient().clone();
    };
    QVERIFY(near(gradient(Aggregation::mean_edges) * 12, gradient(Aggregation::sum_edges)));
    const at::Tensor by_depth = rollout.edge_by_edge(
        [](const GrownTree& tree, const TrainedParent& parent, std::int32_t child) {
          const int step = tree.record.nodes[static_cast<std::size_t>(parent.node)].step;
          return -advantage_of(tree, child) / 2 / (step == 1 ? 3 : 9);
        });
    QVERIFY(near(gradient(Aggregation::mean_per_depth), by_depth));
  }

  void step_weights_multiply_each_edge() {
    Rollout rollout;
    rollout.pass({.step_weight = StepWeight::delta});
    rollout.pass({});
    const at::Tensor plain = rollout.policy.flat_gradient().clone();
    rollout.pass({.step_weight = StepWeight::delta});  // 1/6 at every step
    QVERIFY(near(rollout.policy.flat_gradient() * 6, plain));

    const auto& sigmas = rollout.trees.front().record.sigmas;
    const at::Tensor weighted = rollout.edge_by_edge([&](const GrownTree& tree,
                                                         const TrainedParent& parent,
                                                         std::int32_t child) {
      const auto step =
          static_cast<std::size_t>(tree.record.nodes[static_cast<std::size_t>(parent.node)].step);
      return -advantage_of(tree, child) / 2 /
             transition_gain(
                 StepKind::flow_sde,
                 {.sigma = sigmas[step], .sigma_next = sigmas[step + 1], .first_sigma = sigmas[1]},
                 tree.record.schedule.steps[step].noise_level);
    });
    rollout.pass({.step_weight = StepWeight::inverse_gain});
    QVERIFY(near(rollout.policy.flat_gradient(), weighted));
  }

  void a_clipped_edge_has_no_gradient() {
    Rollout rollout;
    // As if the old policy had been less sure of every child: all ratios are e.
    for (GrownTree& tree : rollout.trees)
      for (TreeNode& node : tree.record.nodes) node.log_prob -= 1;
    const PassResult result = rollout.pass({.clip_range = .1}, OldPolicy::stored);
    std::size_t clipped = 0;
    for (const TrainedEdge& edge : result.edges) {
      QVERIFY(std::abs(edge.stored_ratio - std::exp(1.)) < 1e-3);
      QCOMPARE(edge.clipped, advantage_of(rollout.trees[edge.tree], edge.node) > 0);
      clipped += edge.clipped ? 1 : 0;
    }
    QVERIFY(clipped > 0 && clipped < result.edges.size());
    const at::Tensor got = rollout.policy.flat_gradient().clone();
    const at::Tensor expected =
        rollout.edge_by_edge([](const GrownTree& tree, const TrainedParent&, std::int32_t child) {
          return std::exp(1.) * std::max(0., -advantage_of(tree, child)) / 2;
        });
    QVERIFY((got - expected).norm().item<double>() <= 1e-4 * expected.norm().item<double>());
  }

  void a_single_update_does_not_depend_on_the_stored_log_probs() {
    Rollout rollout;
    rollout.pass({});
    const at::Tensor gradient = rollout.policy.flat_gradient().clone();
    for (GrownTree& tree : rollout.trees)
      for (TreeNode& node : tree.record.nodes) node.log_prob -= 1;
    const PassResult result = rollout.pass({});
    QVERIFY(at::equal(rollout.policy.flat_gradient(), gradient));
    QVERIFY(result.edges.front().stored_ratio > 2);
  }

  void the_kl_costs_a_forward_only_where_it_is_on() {
    Rollout rollout;
    QVERIFY(std::isnan(rollout.pass({}).edges.front().kl));
    QCOMPARE(rollout.policy.rows[Weights::reference], std::int64_t{0});
    rollout.policy.keep(Weights::reference);
    const at::Tensor without = rollout.policy.flat_gradient().clone();
    PassResult same = rollout.pass({.kl_beta = 1});
    QCOMPARE(rollout.policy.rows[Weights::reference], rollout.parents());
    for (const TrainedEdge& edge : same.edges) QCOMPARE(edge.kl, 0.);
    QVERIFY(near(rollout.policy.flat_gradient(), without));

    {
      const c10::NoGradGuard no_grad;
      for (const auto& [name, tensor] : rollout.policy.parameters(Weights::current))
        tensor.mul_(1.1);
    }
    const PassResult plain = rollout.pass({});
    const PassResult moved = rollout.pass({.kl_beta = 2});
    double kl = 0;
    for (const TrainedEdge& edge : moved.edges) {
      QVERIFY(edge.kl > 0);
      kl += edge.kl;
    }
    QVERIFY(std::abs(moved.loss - plain.loss - 2 * kl / 2) < 1e-5);
  }

  void every_step_kind_has_ratio_one_data() { add_kinds(); }
  void every_step_kind_has_ratio_one() {
    QFETCH(StepKind, kind);
    Rollout rollout(3, kind);
    for (const TrainedEdge& edge : rollout.pass({.kind = kind}, OldPolicy::stored).edges)
      QVERIFY(std::abs(edge.stored_ratio - 1) < 1e-5);
  }

  // The deviation is measured on the noise that was drawn: siblings differ by std·(difference of
  // their noises).
  void the_kl_is_over_the_deviation_of_the_noise_that_was_drawn_data() { add_kinds(); }
  void the_kl_is_over_the_deviation_of_the_noise_that_was_drawn() {
    QFETCH(StepKind, kind);
    Rollout rollout(3, kind);
    rollout.policy.keep(Weights::reference);
    {
      const c10::NoGradGuard no_grad;
      for (const auto& [name, tensor] : rollout.policy.parameters(Weights::current))
        tensor.mul_(1.1);
    }
    const PassResult pass = rollout.pass({.kind = kind, .kl_beta = 1});
    QCOMPARE(pass.edges.size(), std::size_t{24});
    for (const TrainedEdge& edge : pass.edges) {
      const GrownTree& tree = rollout.trees[edge.tree];
      const TrainedParent& parent = *std::ranges::find_if(tree.trained, [&](const auto& candidate) {
        return std::ranges::count(candidate.children, edge.node) > 0;
      });
      const double std = rollout.drawn_deviation(edge.tree, parent);
      const double kl = rollout.moved_mean(edge.tree, parent, kind).square().mean().item<double>() /
                        (2 * std * std);
      QVERIFY2(std::abs(edge.kl / kl - 1) < 1e-3,
               qPrintable(QString("%1, %2").arg(edge.kl).arg(kl)));
    }
  }

  void a_skipped_prompt_trains_nothing_and_still_counts_as_one() {
    Rollout rollout;
    const at::Tensor second =
        rollout.edge_by_edge([&](const GrownTree& tree, const TrainedParent&, std::int32_t child) {
          return &tree == &rollout.trees[1] ? -advantage_of(tree, child) / 2 : 0.;
        });
    for (TreeNode& node : rollout.trees[0].record.nodes) node.advantage = no_value;
    rollout.policy.rows.clear();
    const PassResult result = rollout.pass({});
    QCOMPARE(result.parents, std::int64_t{4});
    QVERIFY(near(rollout.policy.flat_gradient(), second));
  }

  void guidance_in_training_doubles_the_rows() {
    Rollout rollout;
    rollout.pass({.guidance_scale = 2});
    QCOMPARE(rollout.policy.rows[Weights::current], 2 * rollout.parents());
  }

  void a_loss_that_is_not_finite_names_the_prompt_and_changes_nothing() {
    Rollout rollout;
    AdamW optimizer(rollout.policy.parameters(Weights::current), {});
    const at::Tensor before = rollout.policy.flat();
    rollout.trees[1].trained.back().latent.fill_(std::nan(""));
    rollout.trees[1].record.iteration = 17;
    const std::string message = message_of([&] {
      update_policy(rollout.policy, optimizer, rollout.trees, rollout.conditioning,
                    {.learning_rate = 1});
    });
    QVERIFY(message.find("'a square' in iteration 17") != std::string::npos);
    QVERIFY(at::equal(rollout.policy.flat(), before));
  }

  void a_gradient_that_is_not_finite_names_the_prompt_and_changes_nothing() {
    Rollout rollout;
    AdamW optimizer(rollout.policy.parameters(Weights::current), {});
    const at::Tensor before = rollout.policy.flat();
    for (TreeNode& node : rollout.trees[1].record.nodes)
      if (!std::isnan(node.advantage)) node.advantage *= 1e37;
    const std::string message = message_of([&] {
      update_policy(rollout.policy, optimizer, rollout.trees, rollout.conditioning,
                    {.objective = {.step_weight = StepWeight::inverse_gain}, .learning_rate = 1});
    });
    QVERIFY2(message.find("a square") != std::string::npos, message.c_str());
    QVERIFY(at::equal(rollout.policy.flat(), before));
  }

  void several_updates_are_several_steps_on_the_same_trees() {
    Rollout rollout;
    AdamW optimizer(rollout.policy.parameters(Weights::current), {});
    const UpdateStats stats =
        update_policy(rollout.policy, optimizer, rollout.trees, rollout.conditioning,
                      {.objective = {.clip_range = 1e-6}, .updates = 3, .learning_rate = 1e-2});
    QCOMPARE(stats.trained_passes, 3 * rollout.parents());
    QVERIFY(stats.clip_fraction > 0);
    QVERIFY(std::abs(stats.ratio_mean - 1) < 1e-5);  // of the first pass
    for (const TrainedParent& parent : rollout.trees[0].trained)
      for (const std::int32_t child : parent.children)
        QVERIFY(!std::isnan(Rollout::node(rollout.trees[0], child).ratio));
  }

  void an_abandoned_pass_changes_no_weight() {
    Rollout rollout;
    AdamW optimizer(rollout.policy.parameters(Weights::current), {});
    const at::Tensor before = rollout.policy.flat();
    int asked = 0;
    const UpdateStats stats =
        update_policy(rollout.policy, optimizer, rollout.trees, rollout.conditioning,
                      {.objective = {.micro_batch = 2}, .learning_rate = 1, .proceed = [&] {
                         return ++asked < 3;
                       }});
    QVERIFY(!stats.complete);
    QVERIFY(at::equal(rollout.policy.flat(), before));
  }

  void the_ema_follows_with_a_ramp() {
    QCOMPARE(ema_decay_at(0, .9), .1);
    QCOMPARE(ema_decay_at(1, .9), 2. / 11);
    QCOMPARE(ema_decay_at(1000, .9), .9);
    ToyPolicy policy;
    policy.keep(Weights::ema);
    const at::Tensor old = policy.parameters(Weights::ema).front().tensor.clone();
    {
      const c10::NoGradGuard no_grad;
      policy.parameters(Weights::current).front().tensor.add_(1);
    }
    update_ema(policy, {.decay = .9, .every = 2}, 1);
    QVERIFY(at::equal(policy.parameters(Weights::ema).front().tensor, old));
    update_ema(policy, {.decay = .9, .every = 2}, 2);
    QVERIFY(at::allclose(policy.parameters(Weights::ema).front().tensor, old + .9));
  }

 private:
  static void add_kinds() {
    QTest::addColumn<StepKind>("kind");
    QTest::newRow("flow_sde") << StepKind::flow_sde;
    QTest::newRow("dance_sde") << StepKind::dance_sde;
    QTest::newRow("cps") << StepKind::cps;
  }
};

QTEST_APPLESS_MAIN(TestObjective)
#include "tst_objective.moc"
