#include "weights/weight_source.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "base/error.h"
#include "base/noise_key.h"
#include "weights/tensor_file.h"

namespace treegrpo {
namespace {

// Inputs and outputs of one unit: the spatial size of a convolution counts for both.
std::pair<std::int64_t, std::int64_t> fans(const Shape64& shape) {
  std::int64_t spatial = 1;
  for (std::size_t i = 2; i < shape.size(); ++i) spatial *= shape[i];
  return {(shape.size() > 1 ? shape[1] : 1) * spatial, shape[0] * spatial};
}

at::Tensor initialise(Init init, const Shape64& shape, std::uint64_t seed) {
  if (init == Init::zeros) return at::zeros(shape);
  if (init == Init::ones) return at::ones(shape);
  const at::Generator generator = at::make_generator<at::CPUGeneratorImpl>(seed);
  if (init == Init::normal_002) return at::empty(shape).normal_(0, 0.02, generator);
  const auto [inputs, outputs] = fans(shape);
  const double bound = std::sqrt(6.0 / static_cast<double>(inputs + outputs));
  return at::empty(shape).uniform_(-bound, bound, generator);
}

std::string shape_text(at::IntArrayRef shape) {
  std::string text = "[";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    text += (i ? ", " : "") + std::to_string(shape[i]);
  }
  return text + "]";
}

// "missing: a, b, c and 12 more"
std::string list(const std::string& what, const std::vector<std::string>& names) {
  constexpr std::size_t shown = 8;
  if (names.empty()) return "";
  std::string text = "; " + what + ": ";
  for (std::size_t i = 0; i < std::min(shown, names.size()); ++i) {
    text += (i ? ", " : "") + names[i];
  }
  if (names.size() > shown) text += " and " + std::to_string(names.size() - shown) + " more";
  return text;
}

}  // namespace

WeightSource::WeightSource(std::string what, std::vector<std::string> names, Lookup lookup,
                           at::TensorOptions options)
    : what_(std::move(what)),
      names_(std::move(names)),
      lookup_(std::move(lookup)),
      options_(options) {}

WeightSource WeightSource::from_file(const SafetensorsFile& file, const std::string& prefix,
                                     at::TensorOptions options) {
  std::vector<std::string> names;
  for (const TensorEntry& entry : file.entries()) {
    if (entry.name.starts_with(prefix)) names.push_back(entry.name.substr(prefix.size()));
  }
  const auto lookup = [&file, prefix](const std::string& name) {
    const TensorEntry* entry = file.find(prefix + name);
    return entry ? read_tensor(file, *entry) : at::Tensor();
  };
  return {std::string("'") + file.path().string() + "'", std::move(names), lookup, options};
}

WeightSource WeightSource::copy_of(const NamedTensors& tensors, at::TensorOptions options) {
  std::vector<std::string> names;
  for (const NamedTensor& named : tensors) names.push_back(named.name);
  const auto lookup = [tensors](const std::string& name) {
    for (const NamedTensor& named : tensors) {
      if (named.name == name) return named.tensor.detach().clone();
    }
    return at::Tensor();
  };
  return {"a copy of the weights", std::move(names), lookup, options};
}

WeightSource WeightSource::random(std::uint64_t seed, at::TensorOptions options) {
  WeightSource source("random weights", {}, nullptr, options);
  source.seed_ = seed;
  return source;
}

at::Tensor WeightSource::load(const std::string& name, const Shape64& shape) {
  at::Tensor tensor = lookup_(name);
  if (!tensor.defined()) {
    missing_.push_back(name);
  } else if (tensor.sizes() != at::IntArrayRef(shape)) {
    misshapen_.push_back(name + " is " + shape_text(tensor.sizes()) + ", not " + shape_text(shape));
    tensor = at::Tensor();
  }
  return tensor;
}

at::Tensor WeightSource::hand_out(const std::string& name, const at::Tensor& tensor, bool trains) {
  // A tensor that could not be loaded stands empty until finish() throws.
  at::Tensor result = tensor.defined() ? tensor : at::zeros({0});
  result = result.is_floating_point() ? result.to(options_) : result.to(options_.device());
  result.requires_grad_(trains);
  taken_.push_back({name, result});
  return result;
}

at::Tensor WeightSource::parameter(const std::string& name, const Shape64& shape, Init init) {
  return hand_out(
      name, lookup_ ? load(name, shape) : initialise(init, shape, seed_ ^ prompt_hash(name)), true);
}

at::Tensor WeightSource::buffer(const std::string& name, const Shape64& shape,
                                const std::function<at::Tensor()>& initial) {
  return hand_out(name, lookup_ ? load(name, shape) : initial(), false);
}

NamedTensors WeightSource::finish() {
  std::set<std::string> asked;
  for (const NamedTensor& named : taken_) asked.insert(named.name);
  std::vector<std::string> unexpected;
  for (const std::string& name : names_) {
    if (!asked.contains(name)) unexpected.push_back(name);
  }
  if (!missing_.empty() || !misshapen_.empty() || !unexpected.empty()) {
    throw Error(what_ + " does not fit the model" + list("missing", missing_) +
                list("of another shape", misshapen_) + list("unexpected", unexpected));
  }
  return std::exchange(taken_, {});
}

}  // namespace treegrpo
