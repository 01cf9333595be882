// A model's file with a checkpoint's weights in it.
#include <QTemporaryDir>
#include <QtTest>
#include <array>
#include <filesystem>
#include <span>
#include <vector>

#include "base/error.h"
#include "weights/merged_model.h"

using namespace treegrpo;

class TestMergedModel : public QObject {
  Q_OBJECT

  std::unique_ptr<QTemporaryDir> folder_;

  std::filesystem::path path(const char* name) const {
    return folder_->filePath(name).toStdString();
  }

  struct Tensor {
    const char* name;
    std::vector<std::int64_t> shape;
    std::vector<float> values;
  };

  std::filesystem::path write(const char* name, const std::vector<Tensor>& tensors,
                              const Metadata& metadata) const {
    std::vector<TensorBytes> all;
    for (const Tensor& tensor : tensors)
      all.push_back({.name = tensor.name,
                     .dtype = Dtype::f32,
                     .shape = tensor.shape,
                     .bytes = std::as_bytes(std::span(tensor.values))});
    write_safetensors(path(name), all, metadata);
    return path(name);
  }

  static std::vector<float> values(const SafetensorsFile& file, const char* name) {
    const TensorEntry* entry = file.find(name);
    if (!entry) return {};
    std::vector<float> all(entry->bytes / sizeof(float));
    file.read(*entry, std::as_writable_bytes(std::span(all)));
    return all;
  }

  std::string refusal(const std::vector<Tensor>& weights) const {
    try {
      write_merged_model(path("model"), write("weights", weights, {}), path("out"), {});
      return "";
    } catch (const Error& error) {
      return error.what();
    }
  }

 private Q_SLOTS:
  void init() {
    folder_ = std::make_unique<QTemporaryDir>();
    write("model", {{"decoder", {2}, {1, 2}}, {"net", {2, 2}, {3, 4, 5, 6}}},
          {{"model", "tiny_dit"}, {"note", "first"}});
  }

  void the_checkpoint_replaces_what_it_has_and_the_model_keeps_the_rest() {
    const auto weights = write("weights", {{"net", {2, 2}, {7, 8, 9, 10}}}, {{"model", "other"}});
    write_merged_model(path("model"), weights, path("out"), {{"note", "mine"}, {"run", "demo-1"}});
    const SafetensorsFile out(path("out"));
    QCOMPARE(values(out, "decoder"), (std::vector<float>{1, 2}));
    QCOMPARE(values(out, "net"), (std::vector<float>{7, 8, 9, 10}));
    QCOMPARE(out.entries().size(), 2U);
    QCOMPARE(out.metadata().at("model"), std::string("tiny_dit"));
    QCOMPARE(out.metadata().at("note"), std::string("mine"));
    QCOMPARE(out.metadata().at("run"), std::string("demo-1"));
  }

  void the_model_may_be_replaced_by_itself() {
    write_merged_model(path("model"), write("weights", {{"decoder", {2}, {0, 0}}}, {}),
                       path("model"), {});
    QCOMPARE(values(SafetensorsFile(path("model")), "decoder"), (std::vector<float>{0, 0}));
    QCOMPARE(values(SafetensorsFile(path("model")), "net"), (std::vector<float>{3, 4, 5, 6}));
  }

  void weights_of_another_model_are_refused_and_nothing_is_written() {
    QVERIFY(refusal({{"head", {1}, {1}}}).find("'head'") != std::string::npos);
    QVERIFY(refusal({{"net", {4}, {1, 2, 3, 4}}}).find("another shape") != std::string::npos);
    QVERIFY(!std::filesystem::exists(path("out")));
  }
};

QTEST_GUILESS_MAIN(TestMergedModel)
#include "tst_merged_model.moc"
