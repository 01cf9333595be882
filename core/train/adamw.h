// AdamW (Loshchilov and Hutter 2019) with gradient clipping, its moments open to whoever saves
// them.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "weights/named_tensor.h"

namespace treegrpo {

struct AdamWOptions {
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double weight_decay = 0;
};

class AdamW {
 public:
  // Takes those of `tensors` that require a gradient.
  AdamW(const NamedTensors& tensors, const AdamWOptions& options);

  // From the next step on.
  void set_options(const AdamWOptions& options) { options_ = options; }

  void zero_grad();
  // Scales the gradients down to a total norm of at most max_norm; returns the norm before.
  double clip_gradients(double max_norm);
  // One update with this learning rate. Parameters without a gradient stay as they are.
  void step(double learning_rate);

  // Moments and step counts, named exp_avg.X, exp_avg_sq.X, step.X: written with a state, and
  // copied into (in place) when one is read.
  NamedTensors state() const;

 private:
  AdamWOptions options_;
  std::vector<std::string> names_;
  std::vector<at::Tensor> parameters_, exp_avgs_, exp_avg_sqs_, steps_;
};

}  // namespace treegrpo
