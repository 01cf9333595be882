#include <ATen/ATen.h>

#include <QtTest>
#include <limits>

#include "base/error.h"
#include "policy/pictures.h"
#include "reward/catalog.h"
#include "reward/reward_mix.h"
#include "scene/caption.h"
#include "scene/scene_image.h"
#include "support/toy_policy.h"

using namespace treegrpo;

namespace {

// A true rendering of each caption, [N, 3, 32, 32].
at::Tensor rendered(const std::vector<std::string>& captions) {
  Random random(11);
  const at::Tensor images = at::empty(
      {static_cast<std::int64_t>(captions.size()), 3, scene_size, scene_size}, at::kFloat);
  float* to = images.data_ptr<float>();
  for (const std::string& caption : captions) {
    render(draw_scene(parse_caption(caption), random), to);
    to += 3 * scene_size * scene_size;
  }
  return images;
}

class BadReward : public Reward {
 public:
  explicit BadReward(std::vector<double> scores) : scores_(std::move(scores)) {}
  std::string name() const override { return "bad"; }
  std::vector<double> score(const at::Tensor&, std::span<const std::string>) override {
    if (scores_.empty()) throw std::runtime_error("no weights");
    return scores_;
  }

 private:
  std::vector<double> scores_;
};

QString sentence_of(std::vector<double> scores) {
  std::vector<std::unique_ptr<Reward>> rewards;
  rewards.push_back(std::make_unique<BadReward>(std::move(scores)));
  const RewardMix mix(std::move(rewards), {1});
  const std::vector<std::string> prompts = {"a circle", "a square"};
  try {
    mix.score(at::zeros({2, 3, 4, 4}), prompts);
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

}  // namespace

class TestReward : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_picture_that_is_not_finite_is_refused_by_its_prompt() {
    const std::vector<RewardTerm> terms = {{.name = "scene", .weight = 1}};
    const RewardMix mix{std::span(terms)};
    const std::vector<std::string> captions = {"a red circle", "two green squares"};
    at::Tensor images = rendered(captions);
    images[1][0][3][3] = std::numeric_limits<float>::quiet_NaN();
    QString sentence;
    try {
      mix.score(images, captions);
    } catch (const Error& error) {
      sentence = error.what();
    }
    QVERIFY2(sentence.contains("'two green squares'"), qPrintable(sentence));
  }

  void scene_prefers_the_picture_of_its_caption() {
    const std::vector<std::string> captions = {"a red circle", "two green squares"};
    const std::vector<std::string> swapped = {captions[1], captions[0]};
    const at::Tensor images = rendered(captions);
    const auto reward = make_reward("scene");
    const auto right = reward->score(images, captions);
    const auto wrong = reward->score(images, swapped);
    QVERIFY(right[0] > .9 && right[1] > .9);
    QVERIFY(wrong[0] < .5 && wrong[1] < .5);
    const auto strict = make_reward("scene_strict");
    QCOMPARE(strict->score(images, captions), (std::vector<double>{1, 1}));
    QCOMPARE(strict->score(images, swapped), (std::vector<double>{0, 0}));
  }

  void no_score_depends_on_the_others_in_the_batch() {
    const std::vector<std::string> captions = {"a red circle", "two green squares", "a cross"};
    const std::vector<std::string> reversed = {captions[2], captions[1], captions[0]};
    const at::Tensor images = rendered(captions);
    for (const RewardEntry& entry : reward_catalog()) {
      const auto reward = entry.make();
      QCOMPARE(reward->name(), std::string(entry.name));
      const auto forward = reward->score(images, captions);
      const auto backward = reward->score(images.flip(0), reversed);
      for (std::size_t i = 0; i < 3; ++i) QCOMPARE(forward[i], backward[2 - i]);
    }
  }

  void colorfulness_and_size_rank_known_pairs() {
    const at::Tensor grey = at::full({1, 3, 16, 16}, .5);
    at::Tensor red = at::zeros({1, 3, 16, 16});
    red.select(1, 0).fill_(1);
    const std::vector<std::string> any = {"whatever"};
    QCOMPARE(make_reward("colorfulness")->score(grey, any)[0], 0.);
    // One colour all over: no deviation, means rg = 1, yb = .5.
    QVERIFY(std::abs(make_reward("colorfulness")->score(red, any)[0] - .3 * std::hypot(1, .5)) <
            1e-9);
    const at::Tensor checks = (at::arange(16).view({16, 1}) + at::arange(16))
                                  .remainder(2)
                                  .to(at::kFloat)
                                  .expand({1, 3, 16, 16});
    QVERIFY(make_reward("jpeg_size")->score(grey, any)[0] >
            make_reward("jpeg_size")->score(checks, any)[0]);
  }

  void what_is_scored_is_the_picture_as_bytes() {
    const std::vector<std::string> captions = {"a red circle"};
    const at::Tensor exact = rendered(captions);
    const at::Tensor rounded = (exact * 255).round() / 255;
    const auto reward = make_reward("scene");
    QCOMPARE(reward->score(exact, captions), reward->score(rounded, captions));
  }

  void pictures_round_to_nearest_and_keep_rows_and_channels() {
    const at::Tensor image = at::tensor({0., 1., .5, .25, .1, 1.2}, at::kFloat).view({1, 3, 1, 2});
    const Image picture = pictures_of(image).front();
    QCOMPARE(picture.width, 2);
    QCOMPARE(picture.height, 1);
    QCOMPARE(picture.rgb, (std::vector<std::uint8_t>{0, 128, 26, 255, 64, 255}));
  }

  void a_mix_returns_raw_columns_in_order() {
    const std::vector<RewardTerm> terms = {{"colorfulness", .2}, {"scene", .8}};
    const RewardMix mix{terms};
    const std::vector<std::string> captions = {"a red circle", "a cross"};
    const at::Tensor images = rendered(captions);
    const auto columns = mix.score(images, captions);
    QCOMPARE(mix.names(), (std::vector<std::string>{"colorfulness", "scene"}));
    QCOMPARE(columns[1], make_reward("scene")->score(images, captions));
  }

  void wrong_answers_are_named() {
    QVERIFY(sentence_of({1}).contains("'bad' answered 1 scores for 2 images"));
    const QString nan = sentence_of({1, std::numeric_limits<double>::quiet_NaN()});
    QVERIFY(nan.contains("'bad'") && nan.contains("'a square'"));
    QVERIFY(sentence_of({}).contains("'bad' failed: no weights"));
  }

  void a_prompt_outside_the_grammar_is_named() {
    const std::vector<std::string> prompts = {"a purple hippopotamus"};
    try {
      make_reward("scene")->score(at::zeros({1, 3, 32, 32}), prompts);
      QFAIL("scored");
    } catch (const Error& error) {
      QVERIFY(QString(error.what()).contains("hippopotamus"));
    }
  }

  void an_unknown_reward_names_the_nearest() {
    try {
      make_reward("scenes");
      QFAIL("made");
    } catch (const Error& error) {
      QVERIFY(error.kind() == ErrorKind::configuration);
      QVERIFY(QString(error.what()).contains("'scene'") || QString(error.what()).contains("scene"));
    }
  }
};

QTEST_GUILESS_MAIN(TestReward)
#include "tst_reward.moc"
