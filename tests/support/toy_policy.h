// A velocity model small enough to train in a test, on latents of 12 numbers whose image they are;
// and a reward that wants that image dark. Counts what is asked of it.
#pragma once

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <cmath>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/noise_key.h"
#include "policy/policy.h"
#include "reward/reward.h"

namespace treegrpo::test {

class ToyPolicy : public Policy {
 public:
  static constexpr std::int64_t dimensions = 12;
  static constexpr std::int64_t prompt_numbers = 2;
  static constexpr std::int64_t hidden = 16;

  ToyPolicy() {
    info_.name = "toy";
    info_.latent_shape = {3, 2, 2};
    const std::int64_t inputs = dimensions + 1 + prompt_numbers;
    weights_[Weights::current] = {
        {"in.weight", numbers(hidden * inputs, .3).view({hidden, inputs})},
        {"in.bias", numbers(hidden, .1)},
        {"out.weight", numbers(dimensions * hidden, .2).view({dimensions, hidden})},
        {"out.bias", numbers(dimensions, .1)}};
    for (auto& [name, tensor] : weights_[Weights::current])
      tensor = tensor.clone().requires_grad_(true);
  }

  const PolicyInfo& info() const override { return info_; }

  Conditioning encode(std::span<const std::string> prompts) override {
    std::vector<at::Tensor> rows;
    for (const std::string& prompt : prompts) {
      if (prompt.find('!') != std::string::npos)
        throw Error("the word '!' is not in the vocabulary");
      const auto hash = static_cast<double>(prompt_hash(prompt) % 1000) / 1000;
      rows.push_back(at::tensor({static_cast<float>(hash), static_cast<float>(1 - hash)}));
    }
    rows.push_back(at::zeros({prompt_numbers}));
    return {.parts = {at::stack(rows)},
            .unconditional_row = static_cast<std::int64_t>(prompts.size())};
  }

  at::Tensor predict(const at::Tensor& latents, const at::Tensor& sigma,
                     const Conditioning& conditioning, Weights weights) override {
    ++calls[weights];
    rows[weights] += latents.size(0);
    const c10::AutoGradMode mode(weights == Weights::current && c10::GradMode::is_enabled());
    const std::vector<NamedTensor>& w = weights_.at(weights);
    const at::Tensor input =
        at::cat({latents.flatten(1), sigma.unsqueeze(1), conditioning.parts.front()}, 1);
    const at::Tensor middle = at::linear(input, w[0].tensor, w[1].tensor).tanh();
    return at::linear(middle, w[2].tensor, w[3].tensor).view(latents.sizes()) * scale;
  }

  at::Tensor decode(const at::Tensor& latents, Quality) override {
    const c10::NoGradGuard no_grad;
    return latents.sigmoid();
  }

  std::vector<NamedTensor> parameters(Weights weights) override {
    const auto found = weights_.find(weights);
    if (found == weights_.end()) throw Error("the toy keeps no such weights");
    return found->second;
  }

  void keep(Weights weights) override {
    weights_[weights].clear();
    for (const auto& [name, tensor] : weights_[Weights::current])
      weights_[weights].push_back({name, tensor.detach().clone()});
  }

  // All current weights, one after the other.
  at::Tensor flat() {
    std::vector<at::Tensor> parts;
    for (const auto& [name, tensor] : weights_[Weights::current])
      parts.push_back(tensor.detach().flatten());
    return at::cat(parts);
  }
  at::Tensor flat_gradient() {
    std::vector<at::Tensor> parts;
    for (const auto& [name, tensor] : weights_[Weights::current])
      parts.push_back(tensor.grad().defined() ? tensor.grad().flatten()
                                              : at::zeros_like(tensor).detach().flatten());
    return at::cat(parts);
  }
  void zero_gradient() {
    for (auto& [name, tensor] : weights_[Weights::current]) tensor.mutable_grad() = at::Tensor();
  }

  std::map<Weights, int> calls;
  std::map<Weights, std::int64_t> rows;
  double scale = 1;  // of the prediction; nan breaks it

 private:
  // Fixed numbers that look random.
  at::Tensor numbers(std::int64_t count, double size) {
    std::vector<float> values;
    for (std::int64_t i = 0; i < count; ++i)
      values.push_back(
          static_cast<float>(size * std::sin(12.9898 * static_cast<double>(++drawn_))));
    return at::tensor(values);
  }

  PolicyInfo info_;
  std::map<Weights, std::vector<NamedTensor>> weights_;
  int drawn_ = 0;
};

// One number an image: how dark it is, or whatever `score` says of its mean brightness.
class ToyReward : public Reward {
 public:
  std::string name() const override { return "darkness"; }
  std::vector<double> score(const at::Tensor& images, std::span<const std::string>) override {
    const at::Tensor mean = images.flatten(1).mean(1).to(at::kDouble).contiguous();
    std::vector<double> scores;
    for (std::int64_t i = 0; i < mean.size(0); ++i)
      scores.push_back(function(1 - mean.data_ptr<double>()[i]));
    return scores;
  }
  double (*function)(double) = [](double darkness) { return darkness; };
};

}  // namespace treegrpo::test
