#include <sys/resource.h>

#include <QTemporaryDir>
#include <QtTest>
#include <array>
#include <csignal>
#include <cstring>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "base/error.h"
#include "support/effort.h"
#include "weights/safetensors.h"

using namespace treegrpo;

namespace {

// A file from a header and `data_bytes` zero bytes.
std::string file_text(const std::string& header, std::size_t data_bytes) {
  std::string text(8, '\0');
  const std::uint64_t size = header.size();
  std::memcpy(text.data(), &size, sizeof size);
  return text + header + std::string(data_bytes, '\0');
}

}  // namespace

class TestSafetensors : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;

  std::filesystem::path path(const char* name = "model.safetensors") const {
    return folder_.filePath(name).toStdString();
  }

  void put(const std::string& text) const { std::ofstream(path(), std::ios::binary) << text; }

  static std::string get(const std::filesystem::path& from) {
    std::ostringstream text;
    text << std::ifstream(from, std::ios::binary).rdbuf();
    return text.str();
  }

  // The error of opening a file of that text; empty if it opens.
  std::string problem(const std::string& text) const {
    put(text);
    try {
      const SafetensorsFile file(path());
      return "";
    } catch (const Error& error) {
      return error.what();
    }
  }

  void refused(const std::string& header, std::size_t data_bytes, const char* because) const {
    const std::string sentence = problem(file_text(header, data_bytes));
    QVERIFY2(QString::fromStdString(sentence).contains(because), sentence.c_str());
    QVERIFY2(QString::fromStdString(sentence).contains("model.safetensors"), sentence.c_str());
  }

  void write_small() const {
    const std::array<float, 6> matrix{1, 2, 3, 4, 5, 6};
    const std::array<std::uint8_t, 3> bytes{7, 8, 9};
    write_safetensors(path(),
                      {{"a.bytes", Dtype::u8, {3}, std::as_bytes(std::span(bytes))},
                       {"b.matrix", Dtype::f32, {2, 3}, std::as_bytes(std::span(matrix))},
                       {"empty", Dtype::f16, {0, 4}, {}}},
                      {{"made by", "a \"test\""}});
  }

 private Q_SLOTS:
  void what_is_written_is_read_back() {
    write_small();
    const SafetensorsFile file(path());
    QCOMPARE(file.entries().size(), std::size_t{3});
    QCOMPARE(file.metadata().at("format"), std::string("pt"));
    QCOMPARE(file.metadata().at("made by"), std::string("a \"test\""));
    const TensorEntry* matrix = file.find("b.matrix");
    QVERIFY(matrix && matrix->shape == (std::vector<std::int64_t>{2, 3}));
    QVERIFY(matrix->dtype == Dtype::f32);
    std::array<float, 6> numbers{};
    file.read(*matrix, std::as_writable_bytes(std::span(numbers)));
    QCOMPARE(numbers[5], 6.0F);
    std::array<std::uint8_t, 3> bytes{};
    file.read(*file.find("a.bytes"), std::as_writable_bytes(std::span(bytes)));
    QCOMPARE(int{bytes[2]}, 9);
    QVERIFY(file.find("b") == nullptr);
  }

  void data_is_aligned_to_its_type() {
    write_small();
    const SafetensorsFile file(path());
    QCOMPARE(file.find("b.matrix")->offset % 8, std::uint64_t{0});
    QVERIFY(file.find("b.matrix")->offset < file.find("a.bytes")->offset);
  }

  void equal_tensors_make_equal_bytes() {
    write_small();
    const std::string first = get(path());
    write_small();
    QCOMPARE(get(path()), first);
  }

  void a_failed_write_leaves_the_old_file_and_nothing_beside_it() {
    write_small();
    const std::string before = get(path());
    QVERIFY_EXCEPTION_THROWN(
        write_safetensors(path(), {{"x", Dtype::u8, {0}, {}}, {"x", Dtype::f32, {0}, {}}}, {}),
        Error);
    QVERIFY_EXCEPTION_THROWN(write_safetensors(path(), {{"x", Dtype::u8, {4}, {}}}, {}), Error);
    QCOMPARE(get(path()), before);
    QCOMPARE(QDir(folder_.path()).entryList(QDir::Files).size(), 1);
  }

  void a_write_that_runs_out_of_room_leaves_the_old_file() {
    write_small();
    const std::string before = get(path());
    const std::vector<std::byte> large(100'000);
    std::signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit {};
    getrlimit(RLIMIT_FSIZE, &limit);
    const struct rlimit small { .rlim_cur = 50'000, .rlim_max = limit.rlim_max };
    setrlimit(RLIMIT_FSIZE, &small);
    std::string sentence;
    try {
      write_safetensors(path(), {{"x", Dtype::u8, {100'000}, large}}, {});
    } catch (const Error& error) {
      sentence = error.what();
    }
    setrlimit(RLIMIT_FSIZE, &limit);
    QVERIFY2(QString::fromStdString(sentence).startsWith("cannot write '"), sentence.c_str());
    QCOMPARE(get(path()), before);
    QCOMPARE(QDir(folder_.path()).entryList(QDir::Files).size(), 1);
  }

  void a_missing_file_or_a_folder_is_a_sentence() {
    for (const auto& wrong : {path("none.safetensors"), std::filesystem::path("/")}) {
      try {
        const SafetensorsFile file(wrong);
        QFAIL("it opened");
      } catch (const Error& error) {
        QVERIFY(QString(error.what()).startsWith("cannot open '"));
      }
    }
  }

  void an_empty_or_foreign_file_is_refused() {
    QVERIFY(!problem("").empty());
    QVERIFY(!problem("1234567").empty());
    QVERIFY(!problem("PK\3\4 this is a zip archive of something else altogether").empty());
    QVERIFY(!problem(file_text("", 0)).empty());
  }

  void a_header_that_is_not_an_object_of_tensors_is_refused() {
    refused("[]", 0, "not a JSON object");
    refused("{", 0, "not JSON");
    refused("{\"a\":1}", 0, "where none belongs");
    refused("{\"a\":{}}", 0, "lacks");
    refused("{} x", 0, "not JSON");
    refused("{\"a\":{\"dtype\":{}}}", 0, "an object where none belongs");
    refused("{\"a\":[[]]}", 0, "a list where none belongs");
    refused("{\"a\xff\":{}}", 0, "not JSON");
  }

  void a_name_or_key_that_stands_twice_is_refused() {
    refused(R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},)"
            R"("a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}})",
            2, "stands twice");
    refused(R"({"a":{"dtype":"U8","dtype":"I8","shape":[1],"data_offsets":[0,1]}})", 1,
            "stands twice");
    refused(R"({"__metadata__":{"x":"1","x":"2"}})", 0, "stands twice");
  }

  void unknown_keys_and_types_are_refused() {
    refused(R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"x":1}})", 1, "unknown key");
    refused(R"({"a":{"dtype":"U7","shape":[1],"data_offsets":[0,1]}})", 1, "unknown type");
    refused(R"({"__metadata__":{"x":1}})", 0, "where none belongs");
  }

  void holes_overlaps_and_leftovers_are_refused() {
    refused(R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}})", 2, "hole");
    refused(R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},)"
            R"("b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}})",
            3, "overlap");
    refused(R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})", 2, "belong to no tensor");
    refused(R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}})", 3, "truncated");
  }

  void numbers_out_of_range_are_refused() {
    refused(R"({"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}})", 1, "negative");
    refused(R"({"a":{"dtype":"U8","shape":[1.5],"data_offsets":[0,1]}})", 1, "fraction");
    refused(R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[1,0]}})", 1, "not a range");
    refused(R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0]}})", 1, "not a range");
    refused(R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[0,1]}})", 1, "does not fit");
    refused(R"({"a":{"dtype":"U8","shape":[281474976710656],"data_offsets":[0,1]}})", 1, "range");
    refused(R"({"a":{"dtype":"F64","shape":[281474976710655,281474976710655],)"
            R"("data_offsets":[0,1]}})",
            1, "overflows");
    refused(R"({"a":{"dtype":"F4","shape":[3],"data_offsets":[0,1]}})", 1, "whole byte");
  }

  void a_header_longer_than_the_file_is_refused() {
    std::string text = file_text("{}", 0);
    text[0] = 100;
    QVERIFY(!problem(text).empty());
    text[7] = '\x7f';
    QVERIFY(!problem(text).empty());
  }

  void scalars_and_padding_are_read() {
    put(file_text("{\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}   ", 4));
    const SafetensorsFile file(path());
    QVERIFY(file.find("a")->shape.empty());
  }

  void a_file_that_shrinks_while_it_is_open_is_an_error() {
    write_small();
    const SafetensorsFile file(path());
    std::filesystem::resize_file(path(), std::filesystem::file_size(path()) - 20);
    const TensorEntry* entry = file.find("b.matrix");
    std::vector<std::byte> bytes(entry->bytes);
    QVERIFY_EXCEPTION_THROWN(file.read(*entry, bytes), Error);
  }

  void every_truncation_is_refused() {
    write_small();
    const std::string whole = get(path());
    for (std::size_t size = 0; size < whole.size(); ++size) {
      QVERIFY2(!problem(whole.substr(0, size)).empty(), std::to_string(size).c_str());
    }
    QVERIFY(!problem(whole + '\0').empty());
  }

  void changed_bytes_load_or_are_refused_and_never_crash() {
    write_small();
    const std::string whole = get(path());
    std::mt19937 random(1);  // NOLINT: the same changes every time
    std::uniform_int_distribution<std::size_t> place(0, whole.size() - 1);
    std::uniform_int_distribution<int> byte(0, 255), changes(1, 4);
    int loaded = 0;
    for (int round = 0; round < test::rounds(2000); ++round) {
      std::string text = whole;
      for (int i = changes(random); i > 0; --i) {
        text[place(random)] = static_cast<char>(byte(random));
      }
      put(text);
      try {
        const SafetensorsFile file(path());
        for (const TensorEntry& entry : file.entries()) {
          std::vector<std::byte> bytes(entry.bytes);
          file.read(entry, bytes);
        }
        ++loaded;
      } catch (const Error&) {
      }
    }
    QVERIFY(loaded > 0 && loaded < 2000);
  }
};

QTEST_GUILESS_MAIN(TestSafetensors)
#include "tst_safetensors.moc"
