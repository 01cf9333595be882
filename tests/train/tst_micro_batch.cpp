// The same trees in batches of other sizes, on the bundled model: noise and schedule are equal bit
// for bit, everything that the network has touched to 1e-5.
#include <ATen/ATen.h>

#include <QTest>
#include <cmath>

#include "support/bundled_rollout.h"
#include "train/objective.h"

using namespace treegrpo;
using treegrpo::test::bundled_model;
using treegrpo::test::BundledRollout;

namespace {

// 9 leaves a prompt from a window at the root, whose latents are the bare noise.
RunConfig config_with(int micro_batch) {
  RunConfig config;
  config.sampler.steps = 6;
  config.sampler.micro_batch = micro_batch;
  config.method.window = 2;
  config.method.window_rule = "fixed";
  config.method.window_start = 0;
  return config;
}

// |a - b| / (|a| + 1), at its largest.
double apart(const at::Tensor& a, const at::Tensor& b) {
  return ((a - b).abs() / (a.abs() + 1)).max().item<double>();
}

PassResult train(BundledRollout& rollout, int micro_batch) {
  return accumulate_gradients(*rollout.policy, rollout.trees, rollout.conditioning,
                              {.micro_batch = micro_batch}, OldPolicy::stored);
}

}  // namespace

class TestMicroBatch : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY2(std::filesystem::exists(bundled_model()), "the bundled model is missing");
    whole_ = std::make_unique<BundledRollout>(config_with(0));
    train(*whole_, 0);
  }

  void sizes_agree_data() {
    QTest::addColumn<int>("micro_batch");
    for (const int size : {1, 5, 16, 1000}) QTest::addRow("%d rows", size) << size;
  }
  void sizes_agree() {
    QFETCH(int, micro_batch);
    BundledRollout split(config_with(micro_batch));
    for (std::size_t tree = 0; tree < split.trees.size(); ++tree)
      compare(split.trees[tree], whole_->trees[tree]);
    const PassResult pass = train(split, micro_batch);
    const at::Tensor gradient = whole_->gradient();
    QVERIFY((split.gradient() - gradient).norm().item<double>() <
            1e-5 * gradient.norm().item<double>());
    for (const TrainedEdge& edge : pass.edges) QVERIFY(std::abs(edge.stored_ratio - 1) < 1e-5);
  }

  void training_in_other_batches_than_sampling_keeps_the_ratio() {
    BundledRollout rollout(config_with(7));
    for (const int micro_batch : {0, 3})
      for (const TrainedEdge& edge : train(rollout, micro_batch).edges)
        QVERIFY(std::abs(edge.stored_ratio - 1) < 1e-5);
  }

 private:
  static void compare(const GrownTree& split, const GrownTree& whole) {
    QVERIFY(split.record.schedule == whole.record.schedule);
    QCOMPARE(split.record.nodes.size(), whole.record.nodes.size());
    for (std::size_t at = 0; at < split.record.nodes.size(); ++at) {
      const TreeNode &a = split.record.nodes[at], &b = whole.record.nodes[at];
      QCOMPARE(a.parent, b.parent);
      QCOMPARE(a.child, b.child);
      QVERIFY(std::isnan(a.log_prob) ? std::isnan(b.log_prob)
                                     : std::abs(a.log_prob - b.log_prob) < 1e-5);
    }
    QVERIFY(split.trained[0].latent.equal(whole.trained[0].latent));  // the root: noise alone
    for (std::size_t at = 0; at < split.trained.size(); ++at) {
      QVERIFY(apart(whole.trained[at].latent, split.trained[at].latent) < 1e-5);
      QVERIFY(apart(whole.trained[at].child_latents, split.trained[at].child_latents) < 1e-5);
    }
    QVERIFY(apart(whole.leaf_latents, split.leaf_latents) < 1e-5);
  }

  std::unique_ptr<BundledRollout> whole_;
};

QTEST_APPLESS_MAIN(TestMicroBatch)
#include "tst_micro_batch.moc"
