// The layers that every network here is made of, each built from a WeightSource under its name.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>

#include "weights/weight_source.h"

namespace treegrpo {

// y = x Wᵀ + b. name.weight [out, in], name.bias [out].
struct Linear {
  Linear(WeightSource& source, const std::string& name, std::int64_t in, std::int64_t out,
         Init init = Init::xavier_uniform);
  at::Tensor operator()(const at::Tensor& x) const;

  at::Tensor weight, bias;
};

struct ConvSize {
  std::int64_t in = 0;
  std::int64_t out = 0;
  std::int64_t kernel = 3;
  std::int64_t stride = 1;
};

// name.weight [out, in, k, k], name.bias [out]; padding k/2 at stride 1, else none.
struct Conv2d {
  Conv2d(WeightSource& source, const std::string& name, const ConvSize& size);
  at::Tensor operator()(const at::Tensor& x) const;

  at::Tensor weight, bias;
  std::int64_t stride, padding;
};

// Over channel groups of [B, C, h, w], eps 1e-6.
struct GroupNorm {
  GroupNorm(WeightSource& source, const std::string& name, std::int64_t groups,
            std::int64_t channels);
  at::Tensor operator()(const at::Tensor& x) const;

  at::Tensor weight, bias;
  std::int64_t groups;
};

// x · rsqrt(mean(x²) + 1e-6) · weight over the last dimension, the mean in fp32 or wider.
struct RmsNorm {
  RmsNorm(WeightSource& source, const std::string& name, std::int64_t size);
  at::Tensor operator()(const at::Tensor& x) const;

  at::Tensor weight;
};

// Linear → SiLU → Linear: linear_1, linear_2.
struct EmbeddingMlp {
  EmbeddingMlp(WeightSource& source, const std::string& name, std::int64_t in, std::int64_t out,
               Init init = Init::xavier_uniform);
  at::Tensor operator()(const at::Tensor& x) const;

  Linear linear_1, linear_2;
};

// GroupNorm → SiLU → conv twice, plus the input, through a 1×1 conv where channels change.
struct ResnetBlock {
  struct Size {
    std::int64_t in = 0;
    std::int64_t out = 0;
    std::int64_t groups = 8;
  };
  ResnetBlock(WeightSource& source, const std::string& name, const Size& size);
  at::Tensor operator()(const at::Tensor& x) const;

  GroupNorm norm1;
  Conv2d conv1;
  GroupNorm norm2;
  Conv2d conv2;
  std::vector<Conv2d> conv_shortcut;  // none or one
};

}  // namespace treegrpo
