// state.json of a checkpoint: whatever stands in it, it is read or refused with a sentence.
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <fstream>
#include <functional>
#include <random>
#include <string>

#include "base/error.h"
#include "base/fingerprint.h"
#include "support/effort.h"
#include "train/checkpoint_state.h"

using namespace treegrpo;

namespace {

namespace fs = std::filesystem;

CheckpointState sample_state() {
  return {.iterations = 12,
          .evaluated = 10,
          .reward = .1 + .2,
          .config = "[run]\nname = \"ä\"\n",
          .model = "0123456789abcdef",
          .files = {{"weights.safetensors", "fedcba9876543210"}}};
}

// The sentence that a text is refused with; empty if it is read.
std::string problem(const std::string& text) {
  try {
    parse_state(text, "some/state.json");
    return {};
  } catch (const Error& error) {
    return error.what();
  }
}

std::string message_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

// The state's text with a value in place of that of a key.
std::string with(const std::string& key, const std::string& value) {
  std::string text = state_text(sample_state());
  const std::size_t colon = text.find(": ", text.find("\"" + key + "\""));
  const std::size_t end = text.find(",\n  \"", colon);
  return text.replace(colon + 2, end - colon - 2, value);
}

}  // namespace

class TestCheckpointState : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  void refused(const std::string& text, const char* because) {
    const std::string sentence = problem(text);
    QVERIFY2(QString::fromStdString(sentence).contains(because), sentence.c_str());
    QVERIFY2(QString::fromStdString(sentence).contains("some/state.json"), sentence.c_str());
  }

 private Q_SLOTS:
  void what_is_written_is_read_back() {
    const CheckpointState read = parse_state(state_text(sample_state()), "state.json");
    QCOMPARE(read.iterations, 12);
    QCOMPARE(read.evaluated, 10);
    QCOMPARE(read.reward, .1 + .2);
    QCOMPARE(read.config, sample_state().config);
    QCOMPARE(read.model, sample_state().model);
    QVERIFY(read.files == sample_state().files);
    QVERIFY(std::isnan(parse_state(state_text({}), "state.json").reward));
    QCOMPARE(parse_state(state_text({}), "state.json").evaluated, -1);
  }

  // As version 0.1.0 of the program wrote it.
  void a_state_without_fingerprints_is_read() {
    const CheckpointState read = parse_state(
        R"({"version": 1, "iterations": 3, "evaluated": -1, "reward": null, "config": ""})", "s");
    QCOMPARE(read.iterations, 3);
    QVERIFY(read.model.empty() && read.files.empty());
  }

  void what_is_no_state_is_refused() {
    for (const char* text : {"", "{", "[]", "null", "7", "{}", "\"text\"", "\xff\xfe", "{}{}"})
      refused(text, "damaged");
    refused(std::string(200'000, '['), "damaged");
    refused(std::string(100'000, '[') + std::string(100'000, ']'), "damaged");
  }

  void numbers_are_not_cut_to_size() {
    for (const char* wrong : {"4294967297", "-1", "1.5", "true", "\"3\"", "null", "1e400",
                              "18446744073709551615", "-9223372036854775808"})
      QVERIFY2(!problem(with("iterations", wrong)).empty(), wrong);
    refused(with("iterations", "4294967297"), "'iterations' is not a whole number from 0");
    refused(with("evaluated", "-2"), "'evaluated' is not a whole number from -1");
    refused(with("evaluated", "13"), "after its last iteration");
    refused(with("reward", "\"high\""), "'reward' is neither a number nor null");
  }

  void files_are_names_beside_it() {
    refused(with("files", R"({"../weights.safetensors": "00"})"), "no file beside it");
    refused(with("files", R"({"/etc/passwd": "00"})"), "no file beside it");
    refused(with("files", R"({"weights.safetensors": 7})"), "not the state of a checkpoint");
    refused(with("files", "[1]"), "not the state of a checkpoint");
  }

  void a_newer_state_is_told_apart_from_a_damaged_one() {
    refused(with("version", "2"), "newer version");
    QVERIFY(!QString::fromStdString(problem(with("version", "2"))).contains("damaged"));
  }

  void every_truncation_is_refused() {
    const std::string whole = state_text(sample_state());
    for (std::size_t size = 0; size + 1 < whole.size(); ++size)  // the last is a new line
      QVERIFY2(!problem(whole.substr(0, size)).empty(), std::to_string(size).c_str());
  }

  void changed_bytes_are_read_or_refused_and_never_crash() {
    const std::string whole = state_text(sample_state());
    std::mt19937 random(1);  // NOLINT: the same changes every time
    std::uniform_int_distribution<std::size_t> place(0, whole.size() - 1);
    std::uniform_int_distribution<int> byte(0, 255), changes(1, 6), kind(0, 3);
    int read = 0;
    const int rounds = test::rounds(20000);
    for (int round = 0; round < rounds; ++round) {
      std::string text = whole;
      for (int i = changes(random); i > 0; --i) {
        const std::size_t at = place(random) % text.size();
        switch (kind(random)) {
          case 0:
            text.erase(at, 1 + place(random) % 8);
            break;
          case 1:
            text.insert(at, whole.substr(place(random), 1 + place(random) % 20));
            break;
          case 2:
            text[at] = "{}[]\":,0129-e.\\u"[static_cast<std::size_t>(byte(random)) % 16];
            break;
          default:
            text[at] = static_cast<char>(byte(random));
        }
        if (text.empty()) text = " ";
      }
      if (problem(text).empty()) ++read;
    }
    QVERIFY(read > 0 && read < rounds);
  }

  void a_file_that_was_changed_or_is_gone_is_named() {
    const fs::path checkpoint = folder_.filePath("checkpoint-000012").toStdString();
    fs::create_directories(checkpoint);
    const fs::path weights = checkpoint / "weights.safetensors";
    std::ofstream(weights) << "weights";
    CheckpointState state = sample_state();
    state.files = {{"weights.safetensors", file_fingerprint(weights)}};
    std::ofstream(checkpoint / "state.json") << state_text(state);
    check_files(checkpoint, read_state(checkpoint));

    std::ofstream(weights) << "weighty";
    const std::string changed = message_of([&] { check_files(checkpoint, state); });
    QVERIFY2(QString::fromStdString(changed).contains("weights.safetensors' is damaged"),
             changed.c_str());
    fs::remove(weights);
    const std::string gone = message_of([&] { check_files(checkpoint, state); });
    QVERIFY2(QString::fromStdString(gone).contains("no such file"), gone.c_str());
    state.iterations = 11;
    const std::string other = message_of([&] { check_files(checkpoint, state); });
    QVERIFY2(QString::fromStdString(other).contains("another checkpoint"), other.c_str());
  }

  void a_state_that_is_too_large_or_missing_is_a_sentence() {
    const fs::path checkpoint = folder_.filePath("checkpoint-000001").toStdString();
    QVERIFY(message_of([&] { read_state(checkpoint); }).find("no such file") != std::string::npos);
    fs::create_directories(checkpoint);
    std::ofstream(checkpoint / "state.json") << "{}";
    fs::resize_file(checkpoint / "state.json", 20'000'000);
    QVERIFY(message_of([&] { read_state(checkpoint); }).find("larger") != std::string::npos);
  }
};

QTEST_APPLESS_MAIN(TestCheckpointState)
#include "tst_checkpoint_state.moc"
