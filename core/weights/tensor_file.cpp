#include "weights/tensor_file.h"

#include <ATen/ATen.h>

#include <array>
#include <utility>

#include "base/error.h"

namespace treegrpo {
namespace {

constexpr std::array<std::pair<Dtype, at::ScalarType>, 15> type_pairs{{
    {Dtype::boolean, at::kBool},
    {Dtype::u8, at::kByte},
    {Dtype::i8, at::kChar},
    {Dtype::i16, at::kShort},
    {Dtype::i32, at::kInt},
    {Dtype::i64, at::kLong},
    {Dtype::f16, at::kHalf},
    {Dtype::bf16, at::kBFloat16},
    {Dtype::f32, at::kFloat},
    {Dtype::f64, at::kDouble},
    {Dtype::c64, at::kComplexFloat},
    {Dtype::f8_e4m3, at::kFloat8_e4m3fn},
    {Dtype::f8_e5m2, at::kFloat8_e5m2},
    {Dtype::f8_e4m3fnuz, at::kFloat8_e4m3fnuz},
    {Dtype::f8_e5m2fnuz, at::kFloat8_e5m2fnuz},
}};

at::ScalarType scalar_type(const TensorEntry& entry) {
  for (const auto& [dtype, type] : type_pairs) {
    if (dtype == entry.dtype) return type;
  }
  throw Error("'" + entry.name + "' has the type " + std::string(dtype_name(entry.dtype)) +
              ", which cannot be computed with");
}

Dtype file_type(const NamedTensor& named) {
  for (const auto& [dtype, type] : type_pairs) {
    if (type == named.tensor.scalar_type()) return dtype;
  }
  throw Error("'" + named.name + "' has a type that safetensors files do not know");
}

}  // namespace

at::Tensor read_tensor(const SafetensorsFile& file, const TensorEntry& entry) {
  at::Tensor tensor = at::empty(entry.shape, scalar_type(entry));
  file.read(entry, {static_cast<std::byte*>(tensor.data_ptr()), tensor.nbytes()});
  return tensor;
}

NamedTensors read_tensors(const SafetensorsFile& file) {
  NamedTensors tensors;
  for (const TensorEntry& entry : file.entries()) {
    tensors.push_back({entry.name, read_tensor(file, entry)});
  }
  return tensors;
}

void write_tensors(const std::filesystem::path& path, const NamedTensors& tensors,
                   Metadata metadata) {
  NamedTensors held;  // keeps the copies alive while their bytes are written
  std::vector<TensorBytes> bytes;
  for (const NamedTensor& named : tensors) {
    held.push_back({named.name, named.tensor.detach().cpu().contiguous()});
    const at::Tensor& tensor = held.back().tensor;
    bytes.push_back(
        {.name = named.name,
         .dtype = file_type(held.back()),
         .shape = tensor.sizes().vec(),
         .bytes = {static_cast<const std::byte*>(tensor.const_data_ptr()), tensor.nbytes()}});
  }
  write_safetensors(path, std::move(bytes), std::move(metadata));
}

}  // namespace treegrpo
