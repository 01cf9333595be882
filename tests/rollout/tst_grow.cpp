#include <QtTest>
#include <algorithm>
#include <cmath>
#include <set>

#include "rollout/grow.h"
#include "rollout/guidance.h"
#include "sampler/noise.h"
#include "support/property.h"
#include "support/toy_policy.h"
#include "tree/schedule.h"

using namespace treegrpo;
using test::holds;
using test::ToyPolicy;

namespace {

// T = 6, two children at steps 1 and 2, both trained.
TreeSchedule window_schedule() {
  TreeSchedule schedule;
  schedule.steps.resize(6);
  for (const std::size_t step : {1u, 2u})
    schedule.steps[step] = {.branch = 2, .noise_level = .7, .train = true};
  return schedule;
}

// Own noise, one stochastic chain a root.
TreeSchedule chains(int roots) {
  TreeSchedule schedule{.roots = roots, .shared_root_noise = false, .steps = {}};
  schedule.steps.resize(6);
  for (std::size_t step = 0; step < 5; ++step)
    schedule.steps[step] = {.branch = 1, .noise_level = .7, .train = true};
  return schedule;
}

struct Grown {
  ToyPolicy policy;
  Conditioning conditioning;
  GrowRequest request;
  std::vector<GrownTree> trees;
};

Grown grown(TreeSchedule schedule, const std::function<void(GrowRequest&)>& change = {}) {
  Grown g;
  g.request.prompts = {"a circle", "two red squares", "a cross"};
  g.request.schedule = std::move(schedule);
  g.request.sigmas = sigma_table(SigmaRule::uniform, 6, 1);
  g.request.seed = 5;
  g.request.iteration = 3;
  if (change) change(g.request);
  g.conditioning = g.policy.encode(g.request.prompts);
  g.request.conditioning = &g.conditioning;
  g.trees = *grow(g.policy, g.request);
  return g;
}

// The latent of every leaf and every trained edge, one after the other.
at::Tensor latents_of(const std::vector<GrownTree>& trees) {
  std::vector<at::Tensor> parts;
  for (const GrownTree& tree : trees) {
    parts.push_back(tree.leaf_latents.flatten());
    for (const TrainedParent& parent : tree.trained) {
      parts.push_back(parent.latent.flatten());
      parts.push_back(parent.child_latents.flatten());
    }
  }
  return at::cat(parts);
}

}  // namespace

class TestGrow : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // Grown on under the same keys, a node's subtree is the one it had: pictures, log-probs, leaves.
  void a_tree_is_replayed_from_any_of_its_nodes() {
    for (const TreeSchedule& schedule : {window_schedule(), chains(3)}) {
      const Grown whole = grown(schedule, [](GrowRequest& request) { request.previews = true; });
      const TreeRecord& record = whole.trees[1].record;
      for (std::int32_t node = 0; node < static_cast<std::int32_t>(record.nodes.size()); ++node) {
        const TreeNode& from = record.nodes[static_cast<std::size_t>(node)];
        const Grown again = grown(schedule, [&](GrowRequest& request) {
          request.prompts = {request.prompts[1]};
          request.previews = true;
          request.schedule.roots = 1;
          for (std::int32_t step = 0; step < from.step; ++step)
            request.schedule.steps[static_cast<std::size_t>(step)].branch = 1;
          request.on = GrowOn{.tree = from.tree,
                              .path = path(record, node),
                              .seed = request.seed,
                              .stream = request.stream};
        });
        const TreeRecord& part = again.trees[0].record;
        std::vector<std::int32_t> stored = {node};  // what stands below it, level by level
        for (std::int32_t id = node + 1; id < static_cast<std::int32_t>(record.nodes.size()); ++id)
          if (std::ranges::count(stored, record.nodes[static_cast<std::size_t>(id)].parent) > 0)
            stored.push_back(id);
        QCOMPARE(part.nodes.size(), stored.size() + static_cast<std::size_t>(from.step));
        for (std::size_t i = 0; i < stored.size(); ++i) {
          const TreeNode& a = record.nodes[static_cast<std::size_t>(stored[i])];
          const TreeNode& b = part.nodes[static_cast<std::size_t>(from.step) + i];
          QVERIFY(a.image == b.image);
          QVERIFY(std::isnan(a.log_prob) ? std::isnan(b.log_prob)
                                         : std::abs(a.log_prob - b.log_prob) < 1e-6);
          QCOMPARE(a.child, b.child);
        }
      }
    }
  }

  void each_latent_is_predicted_once_and_each_level_in_one_call() {
    for (const TreeSchedule& schedule : {window_schedule(), chains(5)}) {
      Grown g = grown(schedule);
      const ScheduleCounts each = counts(schedule);
      QCOMPARE(g.policy.rows[Weights::current], 3 * each.nfe);
      QCOMPARE(g.policy.calls[Weights::current], 6);
      for (const GrownTree& tree : g.trees) {
        QCOMPARE(static_cast<std::int64_t>(tree.record.nodes.size()), each.nodes);
        QCOMPARE(tree.leaf_latents.size(0), each.leaves);
        QCOMPARE(static_cast<std::int64_t>(tree.trained.size()), each.trained_passes);
      }
    }
  }

  void whatever_is_drawn_is_predicted_as_often_as_it_counts() {
    QVERIFY(holds("what is drawn is predicted as counted", [] {
      TreeSchedule schedule{.roots = *rc::gen::inRange(1, 4),
                            .shared_root_noise = *rc::gen::arbitrary<bool>(),
                            .steps = {}};
      for (int step = 0; step < 5; ++step)
        schedule.steps.push_back(
            *rc::gen::arbitrary<bool>()
                ? StepPlan{}
                : StepPlan{*rc::gen::inRange(1, 4), .7, *rc::gen::arbitrary<bool>()});
      schedule.steps.push_back({});
      if (*rc::gen::arbitrary<bool>()) schedule = share_prefix(schedule);
      RC_PRE(counts(schedule).leaves <= 100);
      Grown g = grown(schedule);
      const ScheduleCounts each = counts(schedule);
      RC_ASSERT(g.policy.rows[Weights::current] == 3 * each.nfe);
      for (const GrownTree& tree : g.trees) {
        RC_ASSERT(static_cast<std::int64_t>(tree.record.nodes.size()) == each.nodes);
        RC_ASSERT(tree.leaf_latents.size(0) == each.leaves);
        RC_ASSERT(static_cast<std::int64_t>(tree.trained.size()) == each.trained_passes);
        std::int64_t edges = 0;
        for (const TrainedParent& parent : tree.trained)
          edges += static_cast<std::int64_t>(parent.children.size());
        RC_ASSERT(edges == each.trained_edges);
      }
    }));
  }

  void records_are_in_level_order_with_their_kinds() {
    const Grown g = grown(window_schedule());
    const TreeRecord& record = g.trees[1].record;
    QCOMPARE(record.text, std::string("two red squares"));
    QCOMPARE(record.iteration, 3);
    QCOMPARE(record.latent_dimensions, std::int64_t{12});
    for (std::size_t i = 1; i < record.nodes.size(); ++i) {
      const TreeNode& node = record.nodes[i];
      QVERIFY(node.step >= record.nodes[i - 1].step);
      QVERIFY(node.parent < static_cast<std::int32_t>(i));
      const bool stochastic =
          record.schedule.steps[static_cast<std::size_t>(node.step) - 1].noise_level > 0;
      QVERIFY(node.kind == (stochastic ? NodeKind::sde : NodeKind::ode));
      QVERIFY(std::isnan(node.log_prob) == !stochastic);
    }
    QVERIFY(record.nodes.front().kind == NodeKind::root);
  }

  void the_same_key_gives_the_same_bytes() {
    const Grown a = grown(window_schedule()), b = grown(window_schedule());
    QVERIFY(latents_of(a.trees).equal(latents_of(b.trees)));
    const Grown other = grown(window_schedule(), [](GrowRequest& r) { r.iteration = 4; });
    QVERIFY(!latents_of(a.trees).equal(latents_of(other.trees)));
  }

  void a_prompt_does_not_depend_on_those_beside_it() {
    const Grown all = grown(window_schedule());
    const Grown alone = grown(window_schedule(), [](GrowRequest& r) { r.prompts = {"a cross"}; });
    QVERIFY((all.trees[2].leaf_latents - alone.trees[0].leaf_latents).abs().max().item<double>() <
            1e-5);
  }

  void a_micro_batch_splits_calls_and_changes_next_to_nothing() {
    const Grown whole = grown(window_schedule());
    Grown split = grown(window_schedule(), [](GrowRequest& r) { r.micro_batch = 4; });
    QVERIFY(split.policy.calls[Weights::current] > 6);
    QCOMPARE(split.policy.rows[Weights::current], 3 * counts(window_schedule()).nfe);
    const at::Tensor a = latents_of(whole.trees), b = latents_of(split.trees);
    QVERIFY(((a - b).abs() / (a.abs() + 1)).max().item<double>() < 1e-5);
    for (std::size_t tree = 0; tree < 3; ++tree) {
      const TreeRecord &one = whole.trees[tree].record, &other = split.trees[tree].record;
      QVERIFY(one.schedule == other.schedule);
      QCOMPARE(one.nodes.size(), other.nodes.size());
      for (std::size_t i = 0; i < one.nodes.size(); ++i) {
        QCOMPARE(path(one, static_cast<std::int32_t>(i)),
                 path(other, static_cast<std::int32_t>(i)));
        QVERIFY(std::isnan(one.nodes[i].log_prob) ||
                std::abs(one.nodes[i].log_prob - other.nodes[i].log_prob) < 1e-5);
      }
    }
  }

  void siblings_share_their_mean_and_replay_from_their_keys() {
    Grown g = grown(window_schedule());
    const GrownTree& tree = g.trees[1];
    const TrainedParent& parent = tree.trained[1];
    const auto step =
        static_cast<std::size_t>(tree.record.nodes[static_cast<std::size_t>(parent.node)].step);
    const StepSigmas s{g.request.sigmas[step], g.request.sigmas[step + 1], g.request.sigmas[1]};
    const c10::NoGradGuard no_grad;
    const at::Tensor x = parent.latent.unsqueeze(0);
    const at::Tensor v =
        predict_guided(g.policy, x, at::full({1}, s.sigma),
                       {.conditioning = &g.conditioning, .rows = at::tensor({1}, at::kLong)});
    const Transition move = transition(StepKind::flow_sde, v, x, s, .7);
    for (std::size_t child = 0; child < 2; ++child) {
      const auto node = parent.children[child];
      const std::vector<std::int32_t> steps = path(tree.record, node);
      const NoiseCounter counter[] = {noise_counter({.seed = 5,
                                                     .stream = NoiseStream::train,
                                                     .iteration = 3,
                                                     .prompt_hash = prompt_hash("two red squares"),
                                                     .tree = 0,
                                                     .path = steps})};
      const at::Tensor replayed = next(move, normal_noise(counter, g.policy.info().latent_shape));
      const at::Tensor kept = parent.child_latents[static_cast<std::int64_t>(child)];
      QVERIFY((replayed[0] - kept).abs().max().item<double>() < 1e-5);
      const double again =
          log_prob(StepKind::flow_sde, kept.unsqueeze(0), move.mean, move.std).item<double>();
      QVERIFY(std::abs(again - tree.record.nodes[static_cast<std::size_t>(node)].log_prob) < 1e-5);
    }
  }

  void roots_share_their_noise_only_if_the_schedule_says_so() {
    TreeSchedule schedule = chains(2);
    schedule.steps[0] = {};  // the root's own latent shows in its child's parent
    const Grown own = grown(schedule);
    schedule.shared_root_noise = true;
    const Grown shared = grown(schedule);
    QVERIFY(!own.trees[0].trained[0].latent.equal(own.trees[0].trained[1].latent));
    QVERIFY((shared.trees[0].trained[0].latent - shared.trees[0].trained[1].latent)
                .abs()
                .max()
                .item<double>() < 1e-6);
    QVERIFY(!shared.trees[0].leaf_latents[0].equal(shared.trees[0].leaf_latents[1]));
  }

  void one_child_a_node_is_the_plain_stochastic_path() {
    const Grown g = grown(chains(1));
    QCOMPARE(g.trees[0].record.nodes.size(), std::size_t{7});
    QCOMPARE(g.trees[0].trained.size(), std::size_t{5});
  }

  void previews_cost_no_further_prediction() {
    Grown g = grown(window_schedule(), [](GrowRequest& r) { r.previews = true; });
    QCOMPARE(g.policy.rows[Weights::current], 3 * counts(window_schedule()).nfe);
    for (std::size_t i = 0; i < g.trees[0].record.nodes.size(); ++i)
      QVERIFY(g.trees[0].record.nodes[i].image.empty() == g.trees[0].record.is_leaf(i));
  }

  void watched_levels_are_announced_and_no_ends_it() {
    Grown g = grown(window_schedule());
    g.request.conditioning = &g.conditioning;
    g.request.watched = 2;
    std::vector<std::size_t> sizes;
    const auto all = grow(g.policy, g.request, [&](const LevelNews& news) {
      sizes.push_back(news.nodes.size());
      return true;
    });
    QVERIFY(all.has_value());
    QCOMPARE(sizes, (std::vector<std::size_t>{1, 1, 2, 4, 4, 4, 4}));
    int levels = 0;
    QVERIFY(!grow(g.policy, g.request, [&](const LevelNews&) { return ++levels < 3; }).has_value());
    QCOMPARE(levels, 3);
  }

  void whoever_looks_gets_pictures_of_one_prompt_and_the_records_stay_as_they_were() {
    Grown g = grown(window_schedule());
    g.request.conditioning = &g.conditioning;
    g.request.watched = 1;
    g.request.watched_pictures = true;
    std::vector<std::int32_t> pictured;
    const auto all = grow(g.policy, g.request, [&](const LevelNews& news) {
      for (const NodePicture& picture : news.pictures) {
        pictured.push_back(picture.node.value);
        if (picture.image->empty()) return false;
      }
      return true;
    });
    QVERIFY(all.has_value());
    const std::vector<TreeNode>& nodes = (*all)[1].record.nodes;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      QVERIFY(nodes[i].image.empty());
      QCOMPARE(std::ranges::count(pictured, static_cast<std::int32_t>(i)),
               (*all)[1].record.is_leaf(i) ? 0 : 1);
    }
  }
};

QTEST_GUILESS_MAIN(TestGrow)
#include "tst_grow.moc"
