#include "network/layers.h"

#include <ATen/ATen.h>

namespace treegrpo {

Linear::Linear(WeightSource& source, const std::string& name, std::int64_t in, std::int64_t out,
               Init init)
    : weight(source.parameter(name + ".weight", {out, in}, init)),
      bias(source.parameter(name + ".bias", {out}, Init::zeros)) {}

at::Tensor Linear::operator()(const at::Tensor& x) const { return at::linear(x, weight, bias); }

Conv2d::Conv2d(WeightSource& source, const std::string& name, const ConvSize& size)
    : weight(source.parameter(name + ".weight", {size.out, size.in, size.kernel, size.kernel},
                              Init::xavier_uniform)),
      bias(source.parameter(name + ".bias", {size.out}, Init::zeros)),
      stride(size.stride),
      padding(size.stride == 1 ? size.kernel / 2 : 0) {}

at::Tensor Conv2d::operator()(const at::Tensor& x) const {
  return at::conv2d(x, weight, bias, {stride, stride}, {padding, padding});
}

GroupNorm::GroupNorm(WeightSource& source, const std::string& name, std::int64_t groups,
                     std::int64_t channels)
    : weight(source.parameter(name + ".weight", {channels}, Init::ones)),
      bias(source.parameter(name + ".bias", {channels}, Init::zeros)),
      groups(groups) {}

at::Tensor GroupNorm::operator()(const at::Tensor& x) const {
  return at::group_norm(x, groups, weight, bias, 1e-6);
}

RmsNorm::RmsNorm(WeightSource& source, const std::string& name, std::int64_t size)
    : weight(source.parameter(name + ".weight", {size}, Init::ones)) {}

at::Tensor RmsNorm::operator()(const at::Tensor& x) const {
  const at::Tensor wide = x.scalar_type() == at::kDouble ? x : x.to(at::kFloat);
  const at::Tensor scale = at::rsqrt(wide.square().mean(-1, true) + 1e-6);
  return (wide * scale).to(weight.scalar_type()) * weight;
}

EmbeddingMlp::EmbeddingMlp(WeightSource& source, const std::string& name, std::int64_t in,
                           std::int64_t out, Init init)
    : linear_1(source, name + ".linear_1", in, out, init),
      linear_2(source, name + ".linear_2", out, out, init) {}

at::Tensor EmbeddingMlp::operator()(const at::Tensor& x) const {
  return linear_2(at::silu(linear_1(x)));
}

ResnetBlock::ResnetBlock(WeightSource& source, const std::string& name, const Size& size)
    : norm1(source, name + ".norm1", size.groups, size.in),
      conv1(source, name + ".conv1", {.in = size.in, .out = size.out}),
      norm2(source, name + ".norm2", size.groups, size.out),
      conv2(source, name + ".conv2", {.in = size.out, .out = size.out}) {
  if (size.in != size.out) {
    conv_shortcut.emplace_back(source, name + ".conv_shortcut",
                               ConvSize{.in = size.in, .out = size.out, .kernel = 1});
  }
}

at::Tensor ResnetBlock::operator()(const at::Tensor& x) const {
  const at::Tensor hidden = conv1(at::silu(norm1(x)));
  const at::Tensor residual = conv2(at::silu(norm2(hidden)));
  return (conv_shortcut.empty() ? x : conv_shortcut.front()(x)) + residual;
}

}  // namespace treegrpo
