#include <ATen/ATen.h>

#include <QtTest>
#include <algorithm>
#include <functional>

#include "base/error.h"
#include "policy/pictures.h"
#include "rollout/draw_path.h"
#include "rollout/grow.h"
#include "rollout/leaf_images.h"
#include "sampler/noise.h"
#include "support/toy_policy.h"

using namespace treegrpo;
using test::ToyPolicy;

namespace {

constexpr std::uint64_t seed = 5;
constexpr std::uint32_t iteration = 3;
const std::vector<std::string> prompts = {"a circle", "two red squares"};

// T = 6, three children at steps 1 and 2.
TreeSchedule window_schedule(int roots, bool shared_noise) {
  TreeSchedule schedule{.roots = roots, .shared_root_noise = shared_noise, .steps = {}};
  schedule.steps.resize(6);
  for (const std::size_t step : {1u, 2u})
    schedule.steps[step] = {.branch = 3, .noise_level = .7, .train = true};
  return schedule;
}

RunConfig config_of(double guidance_scale) {
  RunConfig config;
  config.run.seed = seed;
  config.model.guidance_scale = guidance_scale;
  config.sampler.kind = "flow_sde";
  return config;
}

// Trees as a run grows them, all pictures kept, and the latents of all their nodes.
std::vector<GrownTree> grown(ToyPolicy& policy, const RunConfig& config, TreeSchedule schedule) {
  const Conditioning conditioning = policy.encode(prompts);
  std::vector<GrownTree> trees = *grow(policy, {.prompts = prompts,
                                                .conditioning = &conditioning,
                                                .schedule = std::move(schedule),
                                                .sigmas = sigma_table(SigmaRule::uniform, 6, 1),
                                                .guidance_scale = config.model.guidance_scale,
                                                .seed = seed,
                                                .iteration = iteration,
                                                .previews = true,
                                                .keep_latents = true,
                                                .watched = {}});
  for (GrownTree& tree : trees)
    keep_leaf_pictures(policy.decode(tree.leaf_latents, Quality::full), std::span(&tree, 1));
  return trees;
}

// What the node's latent looks like, of the growth that the tree came from.
Image decoded(ToyPolicy& policy, const GrownTree& tree, std::size_t node) {
  const at::Tensor all = at::cat(tree.latents);  // level by level is node by node
  return pictures_of(
      policy.decode(all.narrow(0, static_cast<std::int64_t>(node), 1), Quality::full))[0];
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

class TestDrawPath : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void every_node_is_drawn_as_it_was() {
    ToyPolicy policy;
    for (const double guidance : {1., 3.})
      for (const bool shared : {true, false}) {
        const RunConfig config = config_of(guidance);
        const auto trees = grown(policy, config, window_schedule(2, shared));
        const GrownTree& tree = trees[1];
        for (std::size_t node = 0; node < tree.record.nodes.size(); ++node) {
          const TreeRecord way = way_to(tree.record, {static_cast<std::int32_t>(node)});
          const DrawnPath drawn = draw_path(policy, {.way = way, .config = config}, {});
          QCOMPARE(drawn.nodes.size(), way.nodes.size());
          QVERIFY(drawn.picture_difference == 0);
          std::size_t at = node;
          for (std::size_t step = way.nodes.size(); step-- > 0;) {
            QVERIFY(drawn.nodes[step].clean == tree.record.nodes[at].image);
            QVERIFY(drawn.nodes[step].noisy == decoded(policy, tree, at));
            at = static_cast<std::size_t>(std::max(tree.record.nodes[at].parent, 0));
          }
        }
      }
  }

  void the_latent_of_a_root_is_its_noise_and_that_of_a_leaf_its_image() {
    ToyPolicy policy;
    const RunConfig config = config_of(1);
    const auto trees = grown(policy, config, window_schedule(2, false));
    const TreeRecord& record = trees[0].record;
    const std::int32_t leaf = leaves(record).back();  // below the second root
    const DrawnPath drawn =
        draw_path(policy, {.way = way_to(record, {leaf}), .config = config}, {});
    const NoiseCounter counter = noise_counter({.seed = seed,
                                                .stream = NoiseStream::train,
                                                .iteration = iteration,
                                                .prompt_hash = prompt_hash(prompts[0]),
                                                .tree = 1});
    const at::Tensor noise = normal_noise(std::span(&counter, 1), policy.info().latent_shape);
    QVERIFY(drawn.nodes.front().noisy == pictures_of(policy.decode(noise, Quality::full))[0]);
    QVERIFY(!(drawn.nodes.front().clean == drawn.nodes.front().noisy));
    QVERIFY(drawn.nodes.back().noisy == record.nodes[static_cast<std::size_t>(leaf)].image);
    QVERIFY(drawn.nodes.back().clean == drawn.nodes.back().noisy);
  }

  void pictures_that_are_not_stored_or_of_another_size_are_not_compared() {
    ToyPolicy policy;
    const RunConfig config = config_of(1);
    TreeRecord way = way_to(grown(policy, config, window_schedule(1, true))[0].record, {5});
    for (TreeNode& node : way.nodes) node.image = {};
    QVERIFY(!draw_path(policy, {.way = way, .config = config}, {}).picture_difference);
    way.nodes[0].image = {1, 1, {0, 0, 0}};
    QVERIFY(!draw_path(policy, {.way = way, .config = config}, {}).picture_difference);
  }

  void other_weights_are_seen_in_the_pictures() {
    ToyPolicy policy;
    const RunConfig config = config_of(1);
    const auto trees = grown(policy, config, window_schedule(1, true));
    const TreeRecord way = way_to(trees[0].record, {leaves(trees[0].record).front()});
    policy.scale = 1.5;
    const DrawnPath drawn = draw_path(policy, {.way = way, .config = config}, {});
    QVERIFY(drawn.picture_difference > 0);
    QVERIFY(drawn.nodes.front().noisy == decoded(policy, trees[0], 0));  // its noise is its key's
  }

  void what_is_not_there_or_not_to_proceed_is_said() {
    ToyPolicy policy;
    const RunConfig config = config_of(1);
    const auto trees = grown(policy, config, window_schedule(1, true));
    QVERIFY(
        message_of([&] { way_to(trees[0].record, {999}); }).starts_with("the tree has no node"));
    const TreeRecord way = way_to(trees[0].record, {4});
    int asked = 0;
    QVERIFY(message_of([&] {
              draw_path(policy, {.way = way, .config = config}, [&] { return ++asked < 3; });
            }) == work_ended().what());
    QCOMPARE(asked, 3);
  }
};

QTEST_GUILESS_MAIN(TestDrawPath)
#include "tst_draw_path.moc"
