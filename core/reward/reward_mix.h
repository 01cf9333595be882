// Several rewards side by side: raw columns, never normalised (that is credit's business).
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "record/run_config.h"
#include "reward/reward.h"

namespace treegrpo {

class RewardMix {
 public:
  // Throws a configuration Error on an unknown name.
  explicit RewardMix(std::span<const RewardTerm> terms);
  RewardMix(std::vector<std::unique_ptr<Reward>> rewards, std::vector<double> weights);

  const std::vector<std::string>& names() const { return names_; }
  const std::vector<double>& weights() const { return weights_; }

  // [column][image]. Throws Error naming the prompt of a picture that is not finite, and naming the
  // reward if it throws, answers another number of scores than images, or a score is not finite
  // (then with prompt and image).
  std::vector<std::vector<double>> score(const at::Tensor& images,
                                         std::span<const std::string> prompts) const;

 private:
  std::vector<std::unique_ptr<Reward>> rewards_;
  std::vector<std::string> names_;
  std::vector<double> weights_;
};

}  // namespace treegrpo
