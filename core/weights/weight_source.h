// Where a module gets its tensors: a file, another module's tensors, or a seed. A module asks for
// each tensor by its checkpoint name as it is built, so that names exist once, no parameter is
// allocated before it is read, and loading, copying and initialising are one code path.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "weights/named_tensor.h"
#include "weights/safetensors.h"

namespace treegrpo {

// How a tensor begins when there is nothing to load.
enum class Init {
  zeros,
  ones,
  xavier_uniform,  // of a linear layer or convolution: U(±sqrt(6 / (fan_in + fan_out)))
  normal_002,      // N(0, 0.02²)
};

using Shape64 = std::vector<std::int64_t>;

class WeightSource {
 public:
  // Tensors whose names begin with `prefix`, asked for without it. The file is read as tensors are
  // asked for and must outlive this. Floating-point tensors become `options`' type and device.
  static WeightSource from_file(const SafetensorsFile& file, const std::string& prefix,
                                at::TensorOptions options);
  // Copies of `tensors`.
  static WeightSource copy_of(const NamedTensors& tensors, at::TensorOptions options);
  // Each tensor from its own generator, of the seed and its name.
  static WeightSource random(std::uint64_t seed, at::TensorOptions options);

  // A tensor that trains.
  at::Tensor parameter(const std::string& name, const Shape64& shape, Init init);
  // A tensor that is stored and does not train; `initial` makes it when there is nothing to load.
  at::Tensor buffer(const std::string& name, const Shape64& shape,
                    const std::function<at::Tensor()>& initial);

  // Call when the module is built: throws one Error that lists every name that was missing, of
  // another shape, or never asked for. Returns what was handed out, in order.
  NamedTensors finish();

 private:
  // Finds a tensor by name; undefined if there is none.
  using Lookup = std::function<at::Tensor(const std::string& name)>;

  WeightSource(std::string what, std::vector<std::string> names, Lookup lookup,
               at::TensorOptions options);
  // The loaded tensor, or undefined with the fault noted.
  at::Tensor load(const std::string& name, const Shape64& shape);
  at::Tensor hand_out(const std::string& name, const at::Tensor& tensor, bool trains);

  std::string what_;                // "'tiny.safetensors'", for messages
  std::vector<std::string> names_;  // what there is, sorted
  Lookup lookup_;                   // empty: random
  at::TensorOptions options_;
  std::uint64_t seed_ = 0;
  NamedTensors taken_;
  std::vector<std::string> missing_;
  std::vector<std::string> misshapen_;
};

}  // namespace treegrpo
