// What memory is foretold to take, against what training passes of the bundled model do take.
#include <ATen/ATen.h>

#include <QTest>
#include <cmath>

#include "support/bundled_rollout.h"
#include "train/memory_probe.h"
#include "train/objective.h"
#include "train/peak_bytes.h"

using namespace treegrpo;
using treegrpo::test::bundled_model;
using treegrpo::test::BundledRollout;

namespace {

RunConfig config_of(int window) {
  RunConfig config;
  config.sampler.steps = 6;
  config.method.window = window;
  config.method.window_rule = "fixed";
  return config;
}

// Of all parents in one batch; the gradients are there before, as they are in training.
double training_peak(BundledRollout& rollout) {
  const auto pass = [&] {
    accumulate_gradients(*rollout.policy, rollout.trees, rollout.conditioning, {},
                         OldPolicy::itself);
  };
  pass();
  return static_cast<double>(peak_bytes(pass));
}

}  // namespace

class TestMemoryProbe : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY2(std::filesystem::exists(bundled_model()), "the bundled model is missing");
  }

  void blocks_are_counted_while_they_are_held() {
    const std::int64_t peak = peak_bytes([] {
      { const at::Tensor first = at::zeros({1000}, at::kFloat); }
      const at::Tensor second = at::zeros({3000}, at::kFloat);
    });
    QCOMPARE(peak, std::int64_t{12000});
  }

  void weights_gradients_and_latents_are_counted() {
    RunConfig config = config_of(2);
    BundledRollout rollout(config);
    double weights = 0;
    for (const NamedTensor& parameter : rollout.policy->parameters(Weights::current))
      weights += static_cast<double>(parameter.tensor.nbytes());
    const MemoryFigures figures = measure_memory(*rollout.policy, config);
    QCOMPARE(figures.model_bytes, weights);
    QCOMPARE(figures.optimizer_bytes, 3 * weights);
    double latent = 4;
    for (const std::int64_t size : rollout.policy->info().latent_shape)
      latent *= static_cast<double>(size);
    QCOMPARE(figures.latent_bytes, latent);
    QVERIFY(figures.activation_bytes > figures.forward_bytes && figures.forward_bytes > latent);
    config.objective.kl_beta = .1;
    config.ema.decay = .9;
    QCOMPARE(measure_memory(*rollout.policy, config).model_bytes, 3 * weights);
  }

  // Two schedules of other widths: what the wider one takes more is what its rows take.
  void a_training_pass_takes_what_was_foretold() {
    BundledRollout few(config_of(1)), many(config_of(3));
    const MemoryFigures figures = measure_memory(*few.policy, config_of(1));
    const auto parents = [](const BundledRollout& rollout) {
      double sum = 0;
      for (const GrownTree& tree : rollout.trees) sum += static_cast<double>(tree.trained.size());
      return sum;
    };
    const double foretold = figures.activation_bytes * (parents(many) - parents(few));
    const double taken = training_peak(many) - training_peak(few);
    const double apart = taken / foretold - 1;
    QVERIFY2(std::abs(apart) < .1, qPrintable(QString::number(apart)));
  }

  void measuring_changes_nothing() {
    BundledRollout rollout(config_of(2));
    training_peak(rollout);
    const at::Tensor gradient = rollout.gradient();
    measure_memory(*rollout.policy, config_of(2));
    QVERIFY(at::equal(rollout.gradient(), gradient));
  }
};

QTEST_GUILESS_MAIN(TestMemoryProbe)
#include "tst_memory_probe.moc"
