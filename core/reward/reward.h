// A scorer of images: what line 11 of Algorithm 1 calls R_k.
#pragma once

#include <ATen/core/Tensor.h>

#include <span>
#include <string>
#include <vector>

namespace treegrpo {

class Reward {
 public:
  virtual ~Reward() = default;

  virtual std::string name() const = 0;

  // images [N, 3, H, W] in [0, 1] on any device, one prompt an image → N raw scores, higher is
  // better, none depending on the others in the batch.
  virtual std::vector<double> score(const at::Tensor& images,
                                    std::span<const std::string> prompts) = 0;
};

}  // namespace treegrpo
