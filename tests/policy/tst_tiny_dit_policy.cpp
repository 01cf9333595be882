// The bundled model's code path on a random model of the same kind, a hundredth of its size.
#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <QTemporaryDir>
#include <QtTest>
#include <functional>

#include "base/error.h"
#include "network/tiny_model_file.h"
#include "policy/catalog.h"
#include "scene/vocabulary.h"
#include "weights/tensor_file.h"

using namespace treegrpo;

namespace {

const std::vector<std::string> captions = {"a red circle", "two green squares"};

TinyModelConfig small_config() {
  TinyModelConfig config;
  config.vae = {.latent_channels = 4, .outer_channels = 8, .inner_channels = 16};
  config.dit = {.vocabulary = static_cast<std::int64_t>(vocabulary().size()),
                .word_dim = 8,
                .latent_channels = 4,
                .depth = 2,
                .heads = 2,
                .head_dim = 8};
  return config;
}

// A model begins as the zero function; one of random numbers shows what reaches its output.
NamedTensors shaken(const NamedTensors& state) {
  NamedTensors tensors;
  const c10::NoGradGuard no_grad;
  at::manual_seed(3);
  for (const NamedTensor& each : state)
    tensors.push_back({each.name, each.tensor + .1 * at::randn_like(each.tensor)});
  return tensors;
}

double difference(const at::Tensor& a, const at::Tensor& b) {
  return (a - b).abs().max().item<double>();
}

}  // namespace

class TestTinyDitPolicy : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    const TinyModelConfig config = small_config();
    const TinyDit dit(config.dit, WeightSource::random(1, at::kFloat));
    TinyVae vae(config.vae, WeightSource::random(2, at::kFloat));
    vae.set_normalisation(at::linspace(-2, 2, 8 * 4 * 8 * 8).view({8, 4, 8, 8}));
    write_tiny_model(model(), {.config = config, .dit = shaken(dit.state()), .vae = vae.state()},
                     {});
    latents_ = at::linspace(-1, 1, 2 * 4 * 8 * 8, at::kFloat).view({2, 4, 8, 8});
  }

  void info_tells_latents_and_what_is_predicted() {
    const auto policy = opened();
    QCOMPARE(policy->info().name, std::string("tiny_dit"));
    QCOMPARE(policy->info().latent_shape, (std::vector<std::int64_t>{4, 8, 8}));
    QVERIFY(policy->info().prediction == PredictionKind::velocity);
    QVERIFY(policy->info().sigma_rule == SigmaRule::uniform);
  }

  void encode_gives_a_row_a_prompt_and_then_the_unconditional_one() {
    const Conditioning rows = opened()->encode(captions);
    QCOMPARE(rows.unconditional_row, std::int64_t{2});
    QCOMPARE(rows.parts.front().size(0), std::int64_t{3});
    QVERIFY(rows.parts.front()[2].eq(0).all().item<bool>());
    const at::Tensor order = at::tensor({2, 0, 0}, at::kLong);
    const Conditioning picked = rows.rows(order);
    QVERIFY(picked.parts.front()[0].equal(rows.parts.front()[2]));
    QVERIFY(picked.parts.front()[2].equal(rows.parts.front()[0]));
  }

  void a_word_outside_the_vocabulary_is_named() {
    const std::vector<std::string> unknown = {"a red circle", "a mauve circle"};
    expect("mauve", [&] { opened()->encode(unknown); });
  }

  void prediction_depends_on_prompt_sigma_and_latent_row_by_row() {
    const auto policy = opened();
    const Conditioning conditioning = policy->encode(captions);
    const at::Tensor both = predict(*policy, Weights::current);
    QVERIFY(both.sizes() == latents_.sizes());
    QVERIFY(both.dtype() == at::kFloat);
    const c10::NoGradGuard no_grad;
    const at::Tensor x = latents_.narrow(0, 1, 1);
    const auto one = [&](std::int64_t row, double sigma) {
      return policy->predict(x, at::full({1}, sigma),
                             conditioning.rows(at::tensor({row}, at::kLong)), Weights::current);
    };
    QVERIFY(difference(one(1, .5)[0], both[1]) < 1e-5);
    QVERIFY(difference(one(0, .5), one(1, .5)) > 1e-4);
    QVERIFY(difference(one(1, .9), one(1, .5)) > 1e-4);
    QVERIFY(difference(one(2, .5), one(1, .5)) > 1e-4);
  }

  void only_current_weights_record_gradients_and_only_in_grad_mode() {
    const auto policy = opened();
    policy->keep(Weights::reference);
    QVERIFY(predict(*policy, Weights::current).requires_grad());
    QVERIFY(!predict(*policy, Weights::reference).requires_grad());
    const c10::NoGradGuard no_grad;
    QVERIFY(!predict(*policy, Weights::current).requires_grad());
  }

  void every_parameter_that_trains_gets_a_gradient() {
    const auto policy = opened();
    predict(*policy, Weights::current).square().sum().backward();
    for (const NamedTensor& each : policy->parameters(Weights::current)) {
      QVERIFY2(each.name.starts_with("transformer."), each.name.c_str());
      QVERIFY2(each.tensor.grad().defined(), each.name.c_str());
    }
  }

  void kept_weights_stay_when_the_current_ones_move() {
    const auto policy = opened();
    expect("reference", [&] { policy->parameters(Weights::reference); });
    expect("EMA", [&] { policy->parameters(Weights::ema); });
    const at::Tensor before = predict(*policy, Weights::current).detach();
    policy->keep(Weights::reference);
    move(*policy);
    policy->keep(Weights::ema);
    const at::Tensor after = predict(*policy, Weights::current).detach();
    QVERIFY(difference(before, after) > 1e-4);
    QVERIFY(predict(*policy, Weights::reference).equal(before));
    QVERIFY(predict(*policy, Weights::ema).equal(after));
  }

  void pictures_are_in_range_and_carry_no_gradient() {
    const auto policy = opened();
    const at::Tensor images = policy->decode(latents_ * 5, Quality::full);
    QCOMPARE(images.sizes().vec(), (std::vector<std::int64_t>{2, 3, 32, 32}));
    QVERIFY(!images.requires_grad());
    QVERIFY(images.min().item<double>() >= 0 && images.max().item<double>() <= 1);
    QCOMPARE(policy->decode(latents_, Quality::preview).size(0), std::int64_t{2});
  }

  void a_checkpoint_replaces_the_weights_that_train() {
    const auto policy = opened();
    move(*policy);
    write_tensors(checkpoint(), policy->parameters(Weights::current), {});
    const auto again = open_policy({.model = model(), .weights = checkpoint()}, at::kCPU);
    QVERIFY(predict(*again, Weights::current).equal(predict(*policy, Weights::current)));
    QVERIFY(!predict(*opened(), Weights::current).equal(predict(*policy, Weights::current)));
  }

  void a_checkpoint_of_another_model_is_refused() {
    NamedTensors parameters = opened()->parameters(Weights::current);
    const auto open = [&] { open_policy({.model = model(), .weights = checkpoint()}, at::kCPU); };
    const at::Tensor first = parameters.front().tensor;
    parameters.front().tensor = at::zeros({3});
    write_tensors(checkpoint(), parameters, {});
    expect(parameters.front().name.c_str(), open);
    parameters.pop_back();
    parameters.front().tensor = first;
    write_tensors(checkpoint(), parameters, {});
    expect("not a checkpoint of this model", open);
  }

  void files_that_hold_no_known_model_are_refused_in_words() {
    const auto open = [&] { open_policy({.model = checkpoint(), .weights = {}}, at::kCPU); };
    write_tensors(checkpoint(), {{"x", at::zeros({1})}}, {});
    expect("does not say which model", open);
    write_tensors(checkpoint(), {{"x", at::zeros({1})}}, {{"model", "huge_dit"}});
    expect("huge_dit", open);
    std::filesystem::remove(checkpoint());
    expect("checkpoint.safetensors", open);
  }

  void the_catalog_names_the_bundled_model() {
    QVERIFY(!policies().empty());
    QCOMPARE(policies().front().name, std::string_view("tiny_dit"));
  }

 private:
  std::filesystem::path in_folder(const char* name) const {
    return folder_.filePath(name).toStdString();
  }
  std::filesystem::path model() const { return in_folder("model.safetensors"); }
  std::filesystem::path checkpoint() const { return in_folder("checkpoint.safetensors"); }

  std::unique_ptr<Policy> opened() const {
    return open_policy({.model = model(), .weights = {}}, at::kCPU);
  }

  at::Tensor predict(Policy& policy, Weights weights) const {
    const Conditioning conditioning = policy.encode(captions);
    return policy.predict(latents_, at::full({2}, .5),
                          conditioning.rows(at::tensor({0, 1}, at::kLong)), weights);
  }

  // What an optimiser's step does to the current weights.
  static void move(Policy& policy) {
    const c10::NoGradGuard no_grad;
    for (const NamedTensor& each : policy.parameters(Weights::current))
      at::Tensor(each.tensor).add_(.05);
  }

  static void expect(const char* words, const std::function<void()>& action) {
    try {
      action();
      QFAIL("nothing was thrown");
    } catch (const Error& error) {
      QVERIFY2(QString(error.what()).contains(words), error.what());
    }
  }

  QTemporaryDir folder_;
  at::Tensor latents_;
};

QTEST_GUILESS_MAIN(TestTinyDitPolicy)
#include "tst_tiny_dit_policy.moc"
