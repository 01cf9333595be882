#include <ATen/ATen.h>
#include <torch/optim/adamw.h>

#include "train/adamw.h"

// After LibTorch: Qt's macros and its headers do not mix the other way round.
#include <QTest>
#include <limits>

using namespace treegrpo;

namespace {

NamedTensors two_weights() {
  NamedTensors weights{{"a", at::arange(12, at::kFloat).view({3, 4}).mul(.1).sin()},
                       {"b", at::arange(5, at::kFloat).mul(.7).cos()}};
  for (auto& [name, tensor] : weights) tensor.requires_grad_(true);
  return weights;
}

void give_gradients(std::vector<at::Tensor> weights, int step) {
  for (at::Tensor& weight : weights)
    weight.mutable_grad() =
        (at::arange(weight.numel(), at::kFloat) + step).mul(1.3).sin().view(weight.sizes());
}

}  // namespace

class TestAdamW : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void steps_are_those_of_libtorch() {
    const NamedTensors ours = two_weights();
    const NamedTensors theirs = two_weights();
    AdamW optimizer(ours, {.beta1 = .9, .beta2 = .99, .weight_decay = .1});
    torch::optim::AdamW reference(
        std::vector<at::Tensor>{theirs[0].tensor, theirs[1].tensor},
        torch::optim::AdamWOptions(1e-2).betas({.9, .99}).weight_decay(.1));
    for (int step = 0; step < 20; ++step) {
      give_gradients({ours[0].tensor, ours[1].tensor}, step);
      give_gradients({theirs[0].tensor, theirs[1].tensor}, step);
      optimizer.step(1e-2);
      reference.step();
    }
    for (std::size_t i = 0; i < ours.size(); ++i)
      QVERIFY(at::allclose(ours[i].tensor, theirs[i].tensor, 1e-6, 1e-7));
  }

  void clipping_scales_the_norm_to_the_limit_and_tells_the_old_one() {
    const NamedTensors weights = two_weights();
    AdamW optimizer(weights, {});
    give_gradients({weights[0].tensor, weights[1].tensor}, 0);
    const double norm = optimizer.clip_gradients(std::numeric_limits<double>::infinity());
    QVERIFY(norm > 1);
    QCOMPARE(optimizer.clip_gradients(1), norm);
    QVERIFY(std::abs(optimizer.clip_gradients(1) - 1) < 1e-6);
  }
};

QTEST_APPLESS_MAIN(TestAdamW)
#include "tst_adamw.moc"
