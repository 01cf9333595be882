#include "train/adamw.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

namespace treegrpo {

AdamW::AdamW(const NamedTensors& tensors, const AdamWOptions& options) : options_(options) {
  for (const auto& [name, tensor] : tensors) {
    if (!tensor.requires_grad()) continue;
    names_.push_back(name);
    parameters_.push_back(tensor);
    exp_avgs_.push_back(at::zeros_like(tensor.detach()));
    exp_avg_sqs_.push_back(at::zeros_like(tensor.detach()));
    steps_.push_back(at::zeros({}, tensor.options().dtype(at::kFloat).requires_grad(false)));
  }
}

void AdamW::zero_grad() {
  for (at::Tensor& parameter : parameters_) parameter.mutable_grad().reset();
}

double AdamW::clip_gradients(double max_norm) {
  const c10::NoGradGuard no_grad;
  std::vector<at::Tensor> gradients;
  for (const at::Tensor& parameter : parameters_) {
    if (parameter.grad().defined()) gradients.push_back(parameter.grad());
  }
  if (gradients.empty()) return 0;
  const double norm = at::stack(at::_foreach_norm(gradients)).norm().item<double>();
  if (norm > max_norm) at::_foreach_mul_(gradients, max_norm / norm);
  return norm;
}

void AdamW::step(double learning_rate) {
  const c10::NoGradGuard no_grad;
  std::vector<at::Tensor> parameters, gradients, exp_avgs, exp_avg_sqs, steps;
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    if (!parameters_[i].grad().defined()) continue;
    parameters.push_back(parameters_[i]);
    gradients.push_back(parameters_[i].grad());
    exp_avgs.push_back(exp_avgs_[i]);
    exp_avg_sqs.push_back(exp_avg_sqs_[i]);
    steps.push_back(steps_[i]);
  }
  if (parameters.empty()) return;
  at::_foreach_add_(steps, 1);
  at::_fused_adamw_(parameters, gradients, exp_avgs, exp_avg_sqs, {}, steps, learning_rate,
                    options_.beta1, options_.beta2, options_.weight_decay, options_.epsilon,
                    /*amsgrad=*/false, /*maximize=*/false);
}

NamedTensors AdamW::state() const {
  NamedTensors state;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    state.push_back({"exp_avg." + names_[i], exp_avgs_[i]});
    state.push_back({"exp_avg_sq." + names_[i], exp_avg_sqs_[i]});
    state.push_back({"step." + names_[i], steps_[i]});
  }
  return state;
}

}  // namespace treegrpo
