#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <QTemporaryDir>
#include <QtTest>

#include "base/error.h"
#include "network/tiny_model_file.h"
#include "scene/vocabulary.h"
#include "weights/tensor_file.h"

using namespace treegrpo;

namespace {

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

}  // namespace

class TestTinyModel : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;

  std::filesystem::path path() const { return folder_.filePath("tiny.safetensors").toStdString(); }

 private Q_SLOTS:
  void saved_and_loaded_models_are_equal_to_the_bit() {
    const TinyModelConfig config = small_config();
    const TinyDit dit(config.dit, WeightSource::random(1, at::kFloat));
    TinyVae vae(config.vae, WeightSource::random(2, at::kFloat));
    vae.set_normalisation(at::randn({8, 4, 8, 8}) * 3 + 1);
    write_tiny_model(path(), {.config = config, .dit = dit.state(), .vae = vae.state()},
                     {{"flow_steps", "7"}});

    const SafetensorsFile file(path());
    QCOMPARE(file.metadata().at("model"), std::string("tiny_dit"));
    QCOMPARE(file.metadata().at("flow_steps"), std::string("7"));
    const TinyModel model = read_tiny_model(file, at::kFloat);
    const auto equal = [](const NamedTensors& a, const NamedTensors& b) {
      return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                        [](const NamedTensor& x, const NamedTensor& y) {
                          return x.name == y.name && at::equal(x.tensor, y.tensor);
                        });
    };
    QVERIFY(equal(model.dit.state(), dit.state()));
    QVERIFY(equal(model.vae.state(), vae.state()));
    QCOMPARE(model.dit.config().depth, std::int64_t{2});
  }

  void a_foreign_or_incomplete_file_is_refused_in_words() {
    write_tensors(path(), {{"x", at::zeros({1})}}, {});
    refused("lacks 'model'");
    write_tensors(path(), {}, {{"model", "sd35"}, {"config", "{}"}});
    refused("another kind: 'sd35'");
    write_tensors(path(), {}, {{"model", "tiny_dit"}, {"config", "{\"depth\": \"5\"}"}});
    refused("config cannot be read");
  }

  void latents_are_normalised_by_channel() {
    TinyVae vae(small_config().vae, WeightSource::random(2, at::kFloat));
    const c10::NoGradGuard no_grad;
    const at::Tensor images = at::rand({64, 3, 32, 32});
    vae.set_normalisation(vae.posterior(images).mean);
    const at::Tensor channels = vae.encode(images).transpose(0, 1).flatten(1);
    QVERIFY(at::allclose(channels.mean(1), at::zeros({4}), 0, 1e-4));
    QVERIFY(at::allclose(channels.std(1), at::ones({4}), 0, 1e-4));
    const at::Tensor decoded = vae.decode(vae.encode(images));
    QVERIFY(decoded.sizes() == images.sizes());
    QVERIFY(decoded.min().item<float>() >= 0 && decoded.max().item<float>() <= 1);
  }

  void captions_and_their_order_reach_the_prediction() {
    TinyDit dit(small_config().dit, WeightSource::random(1, at::kFloat));
    const c10::NoGradGuard no_grad;
    at::manual_seed(1);
    for (const auto& [name, tensor] : dit.state())
      at::Tensor(tensor).add_(0.2 * at::randn_like(tensor));
    const at::Tensor latents = at::randn({1, 4, 8, 8}), time = at::full({1}, 500.0);
    const auto predict = [&](std::initializer_list<std::int64_t> words) {
      at::Tensor tokens = at::zeros({1, 8}, at::kLong);
      std::int64_t i = 0;
      for (const std::int64_t word : words) tokens[0][i++] = word;
      return dit(latents, time, tokens);
    };
    QVERIFY(!at::allclose(predict({1, 2}), predict({2, 1})));
    QVERIFY(!at::allclose(predict({1, 2}), predict({})));
    QVERIFY(at::equal(predict({1, 2}), predict({1, 2})));
  }

 private:
  void refused(const char* because) const {
    try {
      const SafetensorsFile file(path());
      read_tiny_model(file, at::kFloat);
      QFAIL("it was read");
    } catch (const Error& error) {
      QVERIFY2(QString(error.what()).contains(because), error.what());
      QVERIFY2(QString(error.what()).contains("tiny.safetensors"), error.what());
    }
  }
};

QTEST_GUILESS_MAIN(TestTinyModel)
#include "tst_tiny_model.moc"
