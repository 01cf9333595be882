#include <ATen/ATen.h>

#include <QTemporaryDir>
#include <QtTest>
#include <fstream>
#include <sstream>

#include "base/error.h"
#include "network/tiny_model_file.h"
#include "train/pretrain.h"
#include "train/pretrain_data.h"
#include "weights/tensor_file.h"

using namespace treegrpo;

namespace {

// Both stages in a second: six steps each, states after every second one.
PretrainConfig small_config() {
  const PretrainStage stage{
      .steps = 6, .batch = 4, .warmup = 2, .ema_decay = 0.9, .evaluate_every = 3};
  return {
      .seed = 5,
      .threads = 1,
      .state_every = 2,
      .log_every = 2,
      .vae = {.latent_channels = 4, .outer_channels = 8, .inner_channels = 8, .decoder_blocks = 1},
      .autoencoder = stage,
      .dit = {.word_dim = 8, .depth = 2, .heads = 2, .head_dim = 8},
      .pool = 16,
      .pool_steps = 4,
      .flow = stage,
      .evaluation_captions = 7,
      .sample_steps = 2};
}

}  // namespace

class TestPretrain : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;

  std::filesystem::path path(const char* name) const {
    return folder_.filePath(name).toStdString();
  }

  static std::string get(const std::filesystem::path& from) {
    std::ostringstream text;
    text << std::ifstream(from, std::ios::binary).rdbuf();
    return text.str();
  }

  std::string config_problem(const std::string& toml) const {
    std::ofstream(path("pretrain.toml")) << toml;
    try {
      load_pretrain_config(path("pretrain.toml"));
      return "";
    } catch (const Error& error) {
      return error.kind() == ErrorKind::configuration ? error.what() : "wrong kind";
    }
  }

 private Q_SLOTS:
  void a_stopped_and_resumed_run_gives_the_same_bytes() {
    QVERIFY(pretrain(small_config(), path("whole.safetensors"), {}));

    // Stopped before every fifth step, in both stages.
    int asked = 0;
    const auto proceed = [&] { return ++asked % 5 == 0 ? RunCommand::stop : RunCommand::proceed; };
    int starts = 1;
    while (
        !pretrain(small_config(), path("pieces.safetensors"), {.progress = {}, .proceed = proceed}))
      ++starts;
    QVERIFY(starts > 2);
    QCOMPARE(get(path("pieces.safetensors")), get(path("whole.safetensors")));
    for (const char* state : {"autoencoder.safetensors", "flow.safetensors"}) {
      QCOMPARE(get(path("pieces.safetensors.pretrain") / state),
               get(path("whole.safetensors.pretrain") / state));
    }
  }

  void the_file_is_a_model_that_opens() {
    QVERIFY(pretrain(small_config(), path("model.safetensors"), {}));
    const SafetensorsFile file(path("model.safetensors"));
    const TinyModel model = read_tiny_model(file, at::kFloat);
    QCOMPARE(model.dit.config().latent_size, std::int64_t{8});
    QVERIFY(file.metadata().contains("flow_steps"));
  }

  void a_decoder_trained_further_leaves_latents_and_flow_model_as_they_are() {
    QVERIFY(pretrain(small_config(), path("base.safetensors"), {}));
    PretrainConfig further = small_config();
    further.seed = 6;
    further.start_from = path("base.safetensors").string();
    further.decoder_only = true;
    further.flow.steps = 0;
    QVERIFY(pretrain(further, path("further.safetensors"), {}));

    const SafetensorsFile before(path("base.safetensors")), after(path("further.safetensors"));
    bool decoder_moved = false;
    for (const TensorEntry& entry : before.entries()) {
      const bool equal =
          at::equal(read_tensor(before, entry), read_tensor(after, *after.find(entry.name)));
      if (entry.name.starts_with("vae.decoder.")) {
        decoder_moved |= !equal;
      } else {
        QVERIFY2(equal, entry.name.c_str());
      }
    }
    QVERIFY(decoder_moved);
  }

  void a_flow_model_trained_further_begins_from_the_file() {
    QVERIFY(pretrain(small_config(), path("flow_base.safetensors"), {}));
    PretrainConfig further = small_config();
    further.start_from = path("flow_base.safetensors").string();
    further.autoencoder.steps = 0;
    further.flow.learning_rate = 1e-12;  // so that the weights stay within rounding of the file's
    further.model_guidance = 0.3;
    QVERIFY(pretrain(further, path("flow_further.safetensors"), {}));
    const SafetensorsFile before(path("flow_base.safetensors")),
        after(path("flow_further.safetensors"));
    for (const TensorEntry& entry : before.entries())
      QVERIFY2(at::allclose(read_tensor(before, entry), read_tensor(after, *after.find(entry.name)),
                            1e-5, 1e-6),
               entry.name.c_str());
  }

  void guidance_that_is_trained_in_changes_the_flow_model_alone() {
    PretrainConfig guided = small_config();
    guided.model_guidance = 0.5;
    QVERIFY(pretrain(small_config(), path("plain.safetensors"), {}));
    QVERIFY(pretrain(guided, path("guided.safetensors"), {}));
    const SafetensorsFile plain(path("plain.safetensors")), other(path("guided.safetensors"));
    bool flow_differs = false;
    for (const TensorEntry& entry : plain.entries()) {
      const bool equal =
          at::equal(read_tensor(plain, entry), read_tensor(other, *other.find(entry.name)));
      if (entry.name.starts_with("transformer.")) {
        flow_differs |= !equal;
      } else {
        QVERIFY2(equal, entry.name.c_str());
      }
    }
    QVERIFY(flow_differs);
  }

  void a_state_of_other_settings_is_refused() {
    PretrainConfig config = small_config();
    int asked = 0;
    const auto stop = [&] { return ++asked > 3 ? RunCommand::stop : RunCommand::proceed; };
    QVERIFY(!pretrain(config, path("other.safetensors"), {.progress = {}, .proceed = stop}));
    config.autoencoder.learning_rate = 1e-4;
    QVERIFY_EXCEPTION_THROWN(pretrain(config, path("other.safetensors"), {}), Error);
  }

  void the_learning_rate_rises_stays_and_falls() {
    const PretrainStage plan{.steps = 100, .learning_rate = 1, .warmup = 10, .decay = 0.4};
    QCOMPARE(learning_rate_at(plan, 0), 0.1);
    QCOMPARE(learning_rate_at(plan, 9), 1.0);
    QCOMPARE(learning_rate_at(plan, 60), 1.0);
    QCOMPARE(learning_rate_at(plan, 80), 0.5);
    QCOMPARE(learning_rate_at(plan, 99), 0.025);
  }

  void pictures_depend_on_seed_and_number_alone() {
    const Pictures all = draw_pictures(3, 0, 40), some = draw_pictures(3, 30, 5);
    QVERIFY(at::equal(all.images.narrow(0, 30, 5), some.images));
    QVERIFY(at::equal(all.tokens.narrow(0, 30, 5), some.tokens));
    QVERIFY(!at::equal(draw_pictures(4, 30, 5).images, some.images));
  }

  void the_committed_configs_can_be_read_and_make_one_model() {
    for (const char* name : {"pretrain.toml", "pretrain_longer.toml"}) {
      const PretrainConfig config = load_pretrain_config(
          std::filesystem::path(TREEGRPO_SOURCE_DIR) / "experiments/tiny" / name);
      QCOMPARE(config.dit.latent_channels, std::int64_t{8});
      QCOMPARE(config.dit.heads * config.dit.head_dim, std::int64_t{96});
    }
  }

  void a_wrong_config_is_refused_with_file_line_and_key() {
    const QString unknown = QString::fromStdString(config_problem("[flow]\nstep = 3\n"));
    QVERIFY2(unknown.contains("pretrain.toml line 2") && unknown.contains("flow.steps"),
             qPrintable(unknown));
    QVERIFY(config_problem("[flow]\nbatch = \"big\"\n").find("line 2") != std::string::npos);
    QVERIFY(config_problem("[flow]\nbatch = 0\n").find("flow.batch") != std::string::npos);
    QVERIFY(config_problem("[vae]\nouter_channels = 12\n").find("multiples of 8") !=
            std::string::npos);
    QVERIFY(config_problem("[dit]\npatch = 3\n").find("dit.patch") != std::string::npos);
    QVERIFY(config_problem("[vae]\ndecoder_only = true\n").find("run.start_from") !=
            std::string::npos);
    QVERIFY(config_problem("[flow]\nsteps = 3\n").empty());
  }
};

QTEST_GUILESS_MAIN(TestPretrain)
#include "tst_pretrain.moc"
