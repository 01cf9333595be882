#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <functional>
#include <string>

#include "base/error.h"
#include "base/paths.h"
#include "support/toy_policy.h"
#include "train/checkpoint.h"

using namespace treegrpo;
using treegrpo::test::ToyPolicy;

namespace {

namespace fs = std::filesystem;

std::string message_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

// A checkpoint of the toy in a folder of its own.
struct Written {
  QTemporaryDir folder;
  ToyPolicy policy;
  AdamW optimizer{policy.parameters(Weights::current), {}};
  fs::path path;

  Written() {
    policy.keep(Weights::ema);
    path = write();
  }
  fs::path write() {
    return write_checkpoint(folder.path().toStdString(),
                            {.iterations = 123,
                             .evaluated = 120,
                             .reward = .1 + .2,
                             .config = "[run]\n",
                             .model = "0123456789abcdef"},
                            {policy, optimizer, true});
  }
};

// What check_checkpoint says of it; `model` is that of the run.
std::string complaint(const fs::path& checkpoint, const char* model = "0123456789abcdef") {
  ToyPolicy policy;
  return message_of([&] { check_checkpoint(checkpoint, policy, model, true); });
}

bool says(const std::string& sentence, const char* words) {
  if (sentence.find(words) != std::string::npos) return true;
  qWarning("%s", sentence.c_str());
  return false;
}

}  // namespace

class TestCheckpoint : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_checkpoint_reads_back_what_was_written() {
    Written written;
    QCOMPARE(written.path.filename().string(), std::string("checkpoint-000123"));
    ToyPolicy read;
    {
      const c10::NoGradGuard no_grad;
      for (const auto& [name, tensor] : read.parameters(Weights::current)) tensor.zero_();
    }
    read.keep(Weights::ema);
    AdamW other(read.parameters(Weights::current), {});
    const CheckpointState state = load_checkpoint(written.path, {read, other, true});
    QCOMPARE(state.iterations, 123);
    QCOMPARE(state.evaluated, 120);
    QCOMPARE(state.reward, .1 + .2);
    QCOMPARE(state.config, std::string("[run]\n"));
    QCOMPARE(state.files.size(), std::size_t{3});
    QVERIFY(at::equal(read.flat(), written.policy.flat()));
    const at::Tensor ema = read.parameters(Weights::ema)[0].tensor;
    QVERIFY(at::equal(ema, written.policy.flat().narrow(0, 0, ema.numel()).view(ema.sizes())));
  }

  void one_of_the_same_name_is_replaced() {
    Written written;
    std::ofstream(written.path / "old") << "x";
    written.write();
    QVERIFY(!fs::exists(written.path / "old"));
    QCOMPARE(complaint(written.path), std::string("no error"));
    QCOMPARE(std::distance(fs::directory_iterator(written.path.parent_path()), {}), 1);
  }

  void a_whole_checkpoint_of_the_model_has_nothing_wrong() {
    const Written written;
    QCOMPARE(complaint(written.path), std::string("no error"));
    QCOMPARE(complaint(written.path, ""), std::string("no error"));
  }

  void a_checkpoint_of_another_model_file_is_told() {
    const Written written;
    QVERIFY(says(complaint(written.path, "fedcba9876543210"), "another model file"));
  }

  void whatever_is_damaged_is_named() {
    for (const char* name : {"weights.safetensors", "ema.safetensors", "optimizer.safetensors"}) {
      const Written written;
      const fs::path file = written.path / name;
      const std::string whole = read_file(file);
      std::string flipped = whole;
      flipped.back() = static_cast<char>(flipped.back() ^ 1);
      for (const std::string& bytes : {whole.substr(0, whole.size() / 2), flipped, std::string()}) {
        std::ofstream(file, std::ios::binary) << bytes;
        QVERIFY(says(complaint(written.path), name));
        QVERIFY(says(complaint(written.path), "damaged"));
      }
      fs::remove(file);
      QVERIFY(says(complaint(written.path), name));
    }
    const Written written;
    std::ofstream(written.path / "state.json") << "{";
    QVERIFY(says(complaint(written.path), "state.json' is damaged"));
    fs::remove_all(written.path);
    QVERIFY(says(complaint(written.path), "no such file"));
  }

  // Without fingerprints, as version 0.1.0 of the program wrote them, the tensors themselves tell.
  void tensors_of_another_model_are_told_by_their_names_and_shapes() {
    const Written written;
    CheckpointState state = read_state(written.path);
    state.files.clear();
    std::ofstream(written.path / "state.json") << state_text(state);
    QCOMPARE(complaint(written.path), std::string("no error"));
    fs::copy_file(written.path / "optimizer.safetensors", written.path / "weights.safetensors",
                  fs::copy_options::overwrite_existing);
    QVERIFY(says(complaint(written.path), "belongs to another model"));
  }

  void what_cannot_be_loaded_says_which_checkpoint_it_was() {
    Written written;
    fs::remove(written.path / "weights.safetensors");
    QVERIFY(says(message_of([&] {
                   load_checkpoint(written.path, {written.policy, written.optimizer, true});
                 }),
                 "while reading the checkpoint"));
  }
};

QTEST_APPLESS_MAIN(TestCheckpoint)
#include "tst_checkpoint.moc"
