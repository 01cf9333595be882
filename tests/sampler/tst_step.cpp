// The fused step against the tensor operations, on the CPU; on a GPU the same is asked by
// tests/cuda/tst_cuda.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <QtTest>
#include <cmath>
#include <vector>

#include "sampler/noise.h"
#include "sampler/step.h"

using namespace treegrpo;

namespace {

constexpr std::int64_t latent_shape[] = {8, 8, 8};

std::vector<NoiseCounter> counters(std::int64_t count, std::uint64_t seed) {
  std::vector<NoiseCounter> all;
  for (std::int64_t i = 0; i < count; ++i)
    all.push_back(noise_counter({.seed = seed, .tree = static_cast<std::uint32_t>(i)}));
  return all;
}

// Five parents of normal numbers; keeps what its request points to.
struct Frontier {
  std::vector<NoiseCounter> noise;
  StepRequest request;

  Frontier(StepKind kind, const StepSigmas& sigmas, double noise_level, int branch) {
    noise = noise_level > 0 ? counters(5 * branch, 3) : std::vector<NoiseCounter>{};
    request = {.kind = kind,
               .sigmas = sigmas,
               .noise_level = noise_level,
               .branch = branch,
               .prediction = normal_noise(counters(5, 1), latent_shape),
               .x = normal_noise(counters(5, 2), latent_shape),
               .counters = noise};
  }
};

}  // namespace

class TestStep : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void both_paths_take_the_same_step_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<double>("noise_level");
    QTest::newRow("flow_sde") << int(StepKind::flow_sde) << .7;
    QTest::newRow("dance_sde") << int(StepKind::dance_sde) << .3;
    QTest::newRow("cps") << int(StepKind::cps) << .8;
    QTest::newRow("ddim") << int(StepKind::ddim) << 1.;
    QTest::newRow("ddim without noise") << int(StepKind::ddim) << 0.;
    QTest::newRow("flow_sde without noise") << int(StepKind::flow_sde) << 0.;
    QTest::newRow("ode") << int(StepKind::ode) << 0.;
  }
  void both_paths_take_the_same_step() {
    QFETCH(int, kind);
    QFETCH(double, noise_level);
    for (int k = kind == int(StepKind::ddim) ? 1 : 0; k < 9; ++k) {
      const Frontier f(static_cast<StepKind>(kind), {1 - k / 10., .9 - k / 10., .9}, noise_level,
                       noise_level > 0 ? 3 : 1);
      const StepTaken tensors = take_step(f.request, StepPath::tensors);
      const StepTaken fused = take_step(f.request, StepPath::fused);
      QVERIFY(fused.latents.equal(tensors.latents));
      QCOMPARE(fused.log_probs.defined(), noise_level > 0);
      QCOMPARE(tensors.log_probs.defined(), noise_level > 0);
      if (noise_level > 0)
        QVERIFY((fused.log_probs - tensors.log_probs).abs().max().item<double>() < 1e-5);
    }
  }

  void fused_log_probs_are_those_of_the_stored_latents_in_double() {
    const StepSigmas sigmas{.5, .4, .9};
    const Frontier f(StepKind::flow_sde, sigmas, .7, 2);
    const StepTaken taken = take_step(f.request, StepPath::fused);
    const AffineStep step = affine_step(StepKind::flow_sde, sigmas, .7);
    const auto wide = [](const at::Tensor& tensor) { return tensor.to(at::kDouble); };
    const at::Tensor mean =
        (step.on_x * wide(f.request.x) + step.on_prediction * wide(f.request.prediction))
            .repeat_interleave(2, 0);
    const at::Tensor log_probs =
        (wide(taken.latents) - mean).square().flatten(1).mean(1) * step.on_square +
        step.log_constant;
    QVERIFY((taken.log_probs - log_probs).abs().max().item<double>() < 1e-6);
  }

  void lower_precision_and_strides_are_taken_as_they_come() {
    Frontier f(StepKind::flow_sde, {.8, .7, .9}, .7, 2);
    f.request.prediction = f.request.prediction.to(at::kBFloat16);
    f.request.x = f.request.x.transpose(2, 3);
    QVERIFY(take_step(f.request, StepPath::fused)
                .latents.equal(take_step(f.request, StepPath::tensors).latents));
  }

  void threads_do_not_change_a_byte() {
    const Frontier f(StepKind::flow_sde, {.8, .7, .9}, .7, 9);
    at::set_num_threads(2);
    const StepTaken two = take_step(f.request, StepPath::fused);
    at::set_num_threads(1);
    const StepTaken one = take_step(f.request, StepPath::fused);
    QVERIFY(one.latents.equal(two.latents));
    QVERIFY(one.log_probs.equal(two.log_probs));
  }
};

QTEST_GUILESS_MAIN(TestStep)
#include "tst_step.moc"
