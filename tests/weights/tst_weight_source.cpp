#include <ATen/ATen.h>

#include <QTemporaryDir>
#include <QtTest>

#include "base/error.h"
#include "weights/tensor_file.h"
#include "weights/weight_source.h"

using namespace treegrpo;

class TestWeightSource : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;

  std::filesystem::path path() const { return folder_.filePath("x.safetensors").toStdString(); }

 private Q_SLOTS:
  void tensors_of_every_type_come_back_as_they_were() {
    NamedTensors tensors;
    for (const at::ScalarType type :
         {at::kBool, at::kByte, at::kChar, at::kShort, at::kInt, at::kLong, at::kHalf,
          at::kBFloat16, at::kFloat, at::kDouble}) {
      tensors.push_back(
          {std::string("t.") + at::toString(type), at::randint(0, 2, {2, 3}).to(type)});
    }
    tensors.push_back({"transposed", at::rand({4, 2}).t()});
    tensors.push_back({"scalar", at::rand({})});
    write_tensors(path(), tensors, {});
    const SafetensorsFile file(path());
    QCOMPARE(file.entries().size(), tensors.size());
    for (const auto& [name, tensor] : tensors) {
      const at::Tensor back = read_tensor(file, *file.find(name));
      QVERIFY(back.scalar_type() == tensor.scalar_type());
      QVERIFY2(at::equal(back, tensor), name.c_str());
    }
  }

  void random_weights_depend_on_seed_and_name_alone() {
    WeightSource first = WeightSource::random(1, at::kFloat);
    WeightSource second = WeightSource::random(1, at::kFloat);
    const at::Tensor a = first.parameter("a", {4, 4}, Init::xavier_uniform);
    second.parameter("b", {4, 4}, Init::xavier_uniform);
    QVERIFY(at::equal(a, second.parameter("a", {4, 4}, Init::xavier_uniform)));
    WeightSource other = WeightSource::random(2, at::kFloat);
    QVERIFY(!at::equal(a, other.parameter("a", {4, 4}, Init::xavier_uniform)));
    QVERIFY(a.requires_grad());
    QVERIFY(a.abs().max().item<float>() <= std::sqrt(6.F / 8));
  }

  void a_file_gives_its_tensors_without_the_prefix() {
    const at::Tensor tensor = at::rand({2});
    write_tensors(path(), {{"net.a", tensor}, {"other.b", tensor}}, {});
    const SafetensorsFile file(path());
    WeightSource source = WeightSource::from_file(file, "net.", at::kDouble);
    const at::Tensor a = source.parameter("a", {2}, Init::zeros);
    QVERIFY(a.scalar_type() == at::kDouble && at::equal(a, tensor.to(at::kDouble)));
    QCOMPARE(source.finish().size(), std::size_t{1});
  }

  void what_does_not_fit_is_listed_in_one_error() {
    write_tensors(path(), {{"extra", at::rand({2})}, {"shape", at::rand({2})}}, {});
    const SafetensorsFile file(path());
    WeightSource source = WeightSource::from_file(file, "", at::kFloat);
    source.parameter("gone", {1}, Init::zeros);
    source.parameter("shape", {3}, Init::zeros);
    try {
      source.finish();
      QFAIL("it fitted");
    } catch (const Error& error) {
      const QString text = error.what();
      QVERIFY2(text.contains("missing: gone") && text.contains("unexpected: extra") &&
                   text.contains("shape is [2], not [3]") && text.contains("x.safetensors"),
               error.what());
    }
  }

  void a_copy_shares_nothing() {
    WeightSource random = WeightSource::random(1, at::kFloat);
    const at::Tensor a = random.parameter("a", {2}, Init::ones);
    const NamedTensors state = random.finish();
    WeightSource source = WeightSource::copy_of(state, at::kFloat);
    const at::Tensor b = source.parameter("a", {2}, Init::zeros);
    QVERIFY(at::equal(a, b) && a.data_ptr() != b.data_ptr());
  }
};

QTEST_GUILESS_MAIN(TestWeightSource)
#include "tst_weight_source.moc"
