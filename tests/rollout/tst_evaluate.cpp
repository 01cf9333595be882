#include <QtTest>
#include <cmath>

#include "rollout/diversity.h"
#include "rollout/evaluate.h"
#include "support/toy_policy.h"

using namespace treegrpo;
using test::ToyPolicy;
using test::ToyReward;

namespace {

EvaluationPlan plan_of(std::vector<std::string> prompts) {
  return {
      .prompts = std::move(prompts), .sigmas = sigma_table(SigmaRule::uniform, 5, 1), .seed = 2};
}

// Draws pictures of the bundled task's size, all alike.
class PicturePolicy : public ToyPolicy {
 public:
  at::Tensor decode(const at::Tensor& latents, Quality) override {
    return at::full({latents.size(0), 3, 32, 32}, .5);
  }
};

RewardMix darkness(double weight = 1) {
  std::vector<std::unique_ptr<Reward>> rewards;
  rewards.push_back(std::make_unique<ToyReward>());
  return {std::move(rewards), {weight}};
}

}  // namespace

class TestEvaluate : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void noises_are_fixed_and_repeats_of_a_prompt_differ() {
    ToyPolicy policy;
    const auto a = evaluate(policy, darkness(), plan_of({"x", "y", "x", "x"}), {});
    const auto b = evaluate(policy, darkness(), plan_of({"x", "y", "x", "x"}), {});
    QCOMPARE(a->reward, b->reward);
    const auto same = evaluate(policy, darkness(), plan_of({"x", "x"}), {});
    QVERIFY(same->diversity > 0);
    QVERIFY(same->reward_error > 0);
  }

  void diversity_is_within_a_prompt_where_prompts_repeat() {
    ToyPolicy policy;
    const auto x = evaluate(policy, darkness(), plan_of({"x", "x"}), {});
    const auto y = evaluate(policy, darkness(), plan_of({"y", "y"}), {});
    const auto both = evaluate(policy, darkness(), plan_of({"x", "y", "x", "y", "z"}), {});
    QVERIFY(std::abs(both->diversity - (x->diversity + y->diversity) / 2) < 1e-6);
    const auto different = evaluate(policy, darkness(), plan_of({"x", "y"}), {});
    QVERIFY(different->diversity > 0);
    QVERIFY(std::isnan(evaluate(policy, darkness(), plan_of({"x"}), {})->diversity));
  }

  void distances_are_root_mean_squares_over_all_pairs() {
    // Pairs 0-1, 0-2, 1-2 of constant latents 0, 1, 3.
    const at::Tensor latents =
        at::tensor({0., 1., 3.}, at::kFloat).view({3, 1, 1, 1}).expand({3, 2, 4, 4});
    QVERIFY(std::abs(mean_pairwise_distance(latents) - 2) < 1e-6);
  }

  void it_takes_one_row_a_prompt_and_step() {
    ToyPolicy policy;
    evaluate(policy, darkness(), plan_of({"x", "y", "z"}), {});
    QCOMPARE(policy.rows[Weights::current], std::int64_t{15});
  }

  void free_prompts_are_one_task_without_a_strict_score() {
    ToyPolicy policy;
    const auto record = evaluate(policy, darkness(2), plan_of({"x", "y"}), {});
    QCOMPARE(record->by_task.size(), std::size_t{1});
    QCOMPARE(record->by_task[0].task, std::string("all"));
    QCOMPARE(record->by_task[0].n, 2);
    QVERIFY(std::isnan(record->by_task[0].scene_strict));
    QVERIFY(record->metrics.empty());
    QVERIFY(std::abs(record->reward - 2 * record->reward_by_name[0].value) < 1e-12);
  }

  void captions_of_the_bundled_task_are_scored_by_task_whatever_is_rewarded() {
    PicturePolicy policy;
    const auto record = evaluate(
        policy, darkness(), plan_of({"a red circle", "a circle", "a square", "a red circle"}), {});
    QCOMPARE(record->metrics.size(), std::size_t{2});
    QCOMPARE(record->metrics[0].name, std::string("scene"));
    QCOMPARE(record->metrics[1].name, std::string("scene_strict"));
    QCOMPARE(record->metric_errors.size(), std::size_t{2});
    QCOMPARE(record->metrics[1].value, 0.);  // nothing is on a grey picture
    QCOMPARE(record->by_task.size(), std::size_t{2});
    QCOMPARE(record->by_task[0].task, std::string("single"));
    QCOMPARE(record->by_task[0].n, 2);
    QCOMPARE(record->by_task[1].task, std::string("color"));
    QCOMPARE(record->by_task[1].n, 2);
    QCOMPARE(record->by_task[1].scene_strict, 0.);
    QVERIFY(std::abs(record->by_task[1].reward - .5) < 1e-6);
    QCOMPARE(record->reward_by_name.size(), std::size_t{1});
  }

  void it_stops_when_told_to() {
    ToyPolicy policy;
    QVERIFY(!evaluate(policy, darkness(), plan_of({"x"}), [] { return false; }).has_value());
    QCOMPARE(policy.rows[Weights::current], std::int64_t{0});
  }

  void the_standard_error_is_that_of_the_mean() {
    // Scores of two images: error = |a − b| / 2.
    ToyPolicy policy;
    const auto both = evaluate(policy, darkness(), plan_of({"x", "y"}), {});
    const auto x = evaluate(policy, darkness(), plan_of({"x"}), {});
    const auto y = evaluate(policy, darkness(), plan_of({"y"}), {});
    QVERIFY(std::isnan(x->reward_error));
    QVERIFY(std::abs(both->reward_error - std::abs(x->reward - y->reward) / 2) < 1e-6);
  }
};

QTEST_GUILESS_MAIN(TestEvaluate)
#include "tst_evaluate.moc"
