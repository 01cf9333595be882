// run.precision = bf16 on the bundled model: the network is a little off, everything that is worked
// out from its predictions is not.
#include <ATen/ATen.h>
#include <ATen/autocast_mode.h>
#include <c10/core/GradMode.h>

#include <QTest>
#include <cmath>
#include <numbers>

#include "base/error.h"
#include "reward/reward_mix.h"
#include "rollout/evaluate.h"
#include "rollout/guidance.h"
#include "scene/scene_prompts.h"
#include "support/bundled_rollout.h"
#include "train/objective.h"

using namespace treegrpo;
using treegrpo::test::bundled_captions;
using treegrpo::test::bundled_model;
using treegrpo::test::BundledRollout;

namespace {

RunConfig config_in(const char* precision, int window_start = 0) {
  RunConfig config;
  config.run.precision = precision;
  config.method.window_rule = "fixed";
  config.method.window_start = window_start;
  return config;
}

std::unique_ptr<Policy> policy_in(Precision precision) {
  return open_policy({.model = bundled_model(), .weights = {}}, at::kCPU, precision);
}

at::Tensor prediction_of(Policy& policy) {
  const c10::NoGradGuard no_grad;
  const Conditioning conditioning = policy.encode(bundled_captions);
  at::manual_seed(1);
  const at::Tensor latents = at::randn({4, 8, 8, 8});
  return policy.predict(latents, at::full({4}, .6), conditioning.rows(at::arange(4)),
                        Weights::current);
}

// Flow-GRPO eq. 9 and its density in double, from a parent's latent and the network's prediction.
std::vector<double> oracle_log_probs(const at::Tensor& prediction, const TrainedParent& parent,
                                     double sigma, double sigma_next, double first_sigma) {
  const at::Tensor x = parent.latent.to(at::kDouble), v = prediction.to(at::kDouble);
  const double dt = sigma_next - sigma;
  const double diffusion = .7 * std::sqrt(sigma / (1 - (sigma < 1 ? sigma : first_sigma)));
  const double drift = diffusion * diffusion / (2 * sigma);
  const at::Tensor mean = x * (1 + drift * dt) + v * (1 + drift * (1 - sigma)) * dt;
  const double std = diffusion * std::sqrt(-dt);
  std::vector<double> log_probs;
  for (std::int64_t child = 0; child < parent.child_latents.size(0); ++child) {
    const at::Tensor error = (parent.child_latents[child].to(at::kDouble) - mean) / std;
    log_probs.push_back(-.5 * error.square().mean().item<double>() - std::log(std) -
                        .5 * std::log(2 * std::numbers::pi));
  }
  return log_probs;
}

// Predictions of all parents of one step, in one batch as when the tree was grown.
at::Tensor predictions_of_step(BundledRollout& rollout, std::int32_t step) {
  const c10::NoGradGuard no_grad;
  std::vector<at::Tensor> latents;
  std::vector<std::int64_t> rows;
  for (std::size_t tree = 0; tree < rollout.trees.size(); ++tree)
    for (const TrainedParent& parent : rollout.trees[tree].trained) {
      const TreeRecord& record = rollout.trees[tree].record;
      if (record.nodes[static_cast<std::size_t>(parent.node)].step != step) continue;
      latents.push_back(parent.latent);
      rows.push_back(static_cast<std::int64_t>(tree));
    }
  const double sigma = rollout.trees[0].record.sigmas[static_cast<std::size_t>(step)];
  return predict_guided(*rollout.policy, at::stack(latents),
                        at::full({static_cast<std::int64_t>(rows.size())}, sigma),
                        {.conditioning = &rollout.conditioning, .rows = at::tensor(rows)});
}

}  // namespace

class TestPrecision : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY2(std::filesystem::exists(bundled_model()), "the bundled model is missing");
  }

  void an_unknown_name_is_refused_with_the_key() {
    QVERIFY(precision_from_name("bf16") == Precision::bf16);
    QVERIFY(precision_from_name("fp32") == Precision::fp32);
    try {
      precision_from_name("fp16");
      QFAIL("accepted");
    } catch (const Error& error) {
      QVERIFY(error.kind() == ErrorKind::configuration);
      QVERIFY(QString(error.what()).contains("run.precision"));
    }
  }

  void a_scope_ends_where_it_ends() {
    const at::Tensor x = at::randn({4, 4}), w = at::randn({4, 4});
    {
      const PrecisionScope outer(Precision::bf16, at::kCPU);
      QVERIFY(at::linear(x, w).scalar_type() == at::kBFloat16);
    }
    QVERIFY(at::linear(x, w).scalar_type() == at::kFloat);
    {
      const PrecisionScope plain(Precision::fp32, at::kCPU);
      QVERIFY(at::linear(x, w).scalar_type() == at::kFloat);
    }
    QVERIFY(!at::autocast::is_autocast_enabled(at::kCPU));
  }

  void predictions_are_near_those_of_fp32_and_stay_fp32() {
    const at::Tensor exact = prediction_of(*policy_in(Precision::fp32));
    const at::Tensor rough = prediction_of(*policy_in(Precision::bf16));
    QVERIFY(rough.scalar_type() == at::kFloat);
    const double apart = (rough - exact).norm().item<double>() / exact.norm().item<double>();
    QVERIFY2(apart > 1e-5 && apart < .02, qPrintable(QString::number(apart)));
  }

  void the_first_pass_has_ratio_one_data() { add_windows(); }
  void the_first_pass_has_ratio_one() {
    QFETCH(int, window_start);
    BundledRollout rollout(config_in("bf16", window_start));
    const PassResult pass = accumulate_gradients(*rollout.policy, rollout.trees,
                                                 rollout.conditioning, {}, OldPolicy::stored);
    QCOMPARE(pass.edges.size(), std::size_t{4 * 39});
    double worst = 0;
    for (const TrainedEdge& edge : pass.edges)
      worst = std::max(worst, std::abs(edge.stored_ratio - 1));
    QVERIFY2(worst < 1e-5, qPrintable(QString::number(worst)));
  }

  void log_probs_are_those_of_an_oracle_in_double_data() { add_windows(); }
  void log_probs_are_those_of_an_oracle_in_double() {
    QFETCH(int, window_start);
    BundledRollout rollout(config_in("bf16", window_start));
    double worst = 0;
    for (std::int32_t step = window_start; step < window_start + 3; ++step) {
      const at::Tensor predictions = predictions_of_step(rollout, step);
      std::int64_t row = 0;
      for (const GrownTree& tree : rollout.trees)
        for (const TrainedParent& parent : tree.trained) {
          const std::vector<TreeNode>& nodes = tree.record.nodes;
          const auto at = static_cast<std::size_t>(step);
          if (nodes[static_cast<std::size_t>(parent.node)].step != step) continue;
          const std::vector<double> exact =
              oracle_log_probs(predictions[row++], parent, tree.record.sigmas[at],
                               tree.record.sigmas[at + 1], tree.record.sigmas[1]);
          for (std::size_t child = 0; child < exact.size(); ++child) {
            const auto node = static_cast<std::size_t>(parent.children[child]);
            worst = std::max(worst, std::abs(nodes[node].log_prob - exact[child]));
          }
        }
      QCOMPARE(row, predictions.size(0));
    }
    QVERIFY2(worst < 1e-5, qPrintable(QString::number(worst)));
  }

  // On the same trees, so that nothing but the training pass differs.
  void gradients_are_fp32_and_near_those_of_fp32() {
    BundledRollout exact(config_in("fp32"));
    BundledRollout rough(config_in("bf16"));
    rough.trees = exact.trees;
    for (BundledRollout* rollout : {&exact, &rough})
      accumulate_gradients(*rollout->policy, rollout->trees, rollout->conditioning, {},
                           OldPolicy::itself);
    for (const NamedTensor& each : rough.policy->parameters(Weights::current)) {
      QVERIFY(each.tensor.scalar_type() == at::kFloat);
      QVERIFY(each.tensor.grad().scalar_type() == at::kFloat);
    }
    const at::Tensor a = exact.gradient(), b = rough.gradient();
    const double norm = a.norm().item<double>();
    const double cosine = a.dot(b).item<double>() / norm / b.norm().item<double>();
    QVERIFY2(cosine > .99, qPrintable(QString::number(cosine)));
    QVERIFY(std::abs(b.norm().item<double>() / norm - 1) < .05);
  }

  void evaluations_are_near_those_of_fp32() {
    const std::vector<RewardTerm> terms = {{.name = "scene"}};
    const RewardMix rewards{terms};
    const EvaluationPlan plan{.prompts = balanced_held_out(70),
                              .sigmas = sigma_table(SigmaRule::uniform, 10, 1),
                              .seed = 1};
    const auto exact = evaluate(*policy_in(Precision::fp32), rewards, plan, {});
    const auto rough = evaluate(*policy_in(Precision::bf16), rewards, plan, {});
    QVERIFY(exact->reward != rough->reward);
    QVERIFY2(std::abs(exact->reward - rough->reward) < exact->reward_error,
             qPrintable(QString("%1, %2").arg(exact->reward).arg(rough->reward)));
  }

 private:
  // Early windows have much noise, late ones little: there an error of the mean weighs most.
  static void add_windows() {
    QTest::addColumn<int>("window_start");
    for (const int start : {0, 3, 6}) QTest::addRow("from step %d", start) << start;
  }
};

QTEST_APPLESS_MAIN(TestPrecision)
#include "tst_precision.moc"
