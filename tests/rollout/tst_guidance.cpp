#include <QtTest>

#include "rollout/guidance.h"
#include "support/toy_policy.h"

using namespace treegrpo;
using test::ToyPolicy;

class TestGuidance : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void scale_one_is_a_plain_call_of_as_many_rows() {
    ToyPolicy policy;
    const at::Tensor v = predict(policy, 1);
    QCOMPARE(policy.rows[Weights::current], std::int64_t{3});
    QVERIFY(v.equal(predict(policy, 1)));
  }

  void the_prediction_is_linear_in_the_scale() {
    ToyPolicy policy;
    const at::Tensor none = predict(policy, 0), one = predict(policy, 1),
                     three = predict(policy, 3);
    QVERIFY((three - (none + 3 * (one - none))).abs().max().item<double>() < 1e-5);
  }

  void a_guided_call_is_one_batch_with_the_unconditional_half_first() {
    ToyPolicy policy;
    predict(policy, 2.5);
    QCOMPARE(policy.calls[Weights::current], 1);
    QCOMPARE(policy.rows[Weights::current], std::int64_t{6});
  }

  void micro_batches_count_guided_rows() {
    QCOMPARE(latents_a_call(0, 1, 27), std::int64_t{27});
    QCOMPARE(latents_a_call(8, 1, 27), std::int64_t{8});
    QCOMPARE(latents_a_call(8, 4.5, 27), std::int64_t{4});
    QCOMPARE(latents_a_call(1, 4.5, 27), std::int64_t{1});
  }

 private:
  at::Tensor predict(ToyPolicy& policy, double scale) {
    const std::vector<std::string> prompts = {"a", "b"};
    const Conditioning conditioning = policy.encode(prompts);
    const c10::NoGradGuard no_grad;
    const at::Tensor latents = at::linspace(-1, 1, 36, at::kFloat).view({3, 3, 2, 2});
    return predict_guided(
        policy, latents, at::full({3}, .5),
        {.conditioning = &conditioning, .rows = at::tensor({0, 1, 1}, at::kLong), .scale = scale});
  }
};

QTEST_GUILESS_MAIN(TestGuidance)
#include "tst_guidance.moc"
