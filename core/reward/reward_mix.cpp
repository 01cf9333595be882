#include "reward/reward_mix.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "reward/catalog.h"

namespace treegrpo {
namespace {

void check_scores(const std::string& name, const std::vector<double>& scores,
                  std::span<const std::string> prompts) {
  if (scores.size() != prompts.size())
    throw Error("the reward '" + name + "' answered " + std::to_string(scores.size()) +
                " scores for " + std::to_string(prompts.size()) + " images");
  for (std::size_t image = 0; image < scores.size(); ++image)
    if (!std::isfinite(scores[image]))
      throw Error("the reward '" + name + "' is not a finite number for image " +
                      std::to_string(image) + ", prompt '" + prompts[image] + "'",
                  ErrorKind::not_finite, {.image = static_cast<std::int32_t>(image)});
}

// A scorer sees bytes, to which NaN is black: a broken model must not pass for a bad one.
void check_images(const at::Tensor& images, std::span<const std::string> prompts) {
  if (images.isfinite().all().item<bool>()) return;
  const auto count = std::min(prompts.size(), static_cast<std::size_t>(images.size(0)));
  for (std::size_t image = 0; image < count; ++image)
    if (!images[static_cast<std::int64_t>(image)].isfinite().all().item<bool>())
      throw Error("the picture of prompt '" + prompts[image] +
                      "' is not made of finite numbers: the weights are broken; start from a sound "
                      "model file or checkpoint, with a lower optimizer.learning_rate",
                  ErrorKind::not_finite, {.image = static_cast<std::int32_t>(image)});
}

std::vector<double> scores_of(Reward& reward, const std::string& name, const at::Tensor& images,
                              std::span<const std::string> prompts) {
  try {
    return reward.score(images, prompts);
  } catch (const Error& error) {
    throw error.within("the reward '" + name + "' failed");
  } catch (const std::bad_alloc&) {
    throw;  // the engine's guard says it in its own words
  } catch (const std::exception& error) {
    throw Error("the reward '" + name + "' failed: " + error.what());
  }
}

}  // namespace

RewardMix::RewardMix(std::span<const RewardTerm> terms) {
  for (const RewardTerm& term : terms) {
    rewards_.push_back(make_reward(term.name));
    names_.push_back(term.name);
    weights_.push_back(term.weight);
  }
}

RewardMix::RewardMix(std::vector<std::unique_ptr<Reward>> rewards, std::vector<double> weights)
    : rewards_(std::move(rewards)), weights_(std::move(weights)) {
  for (const auto& reward : rewards_) names_.push_back(reward->name());
}

std::vector<std::vector<double>> RewardMix::score(const at::Tensor& images,
                                                  std::span<const std::string> prompts) const {
  check_images(images, prompts);
  std::vector<std::vector<double>> columns;
  for (std::size_t column = 0; column < rewards_.size(); ++column) {
    columns.push_back(scores_of(*rewards_[column], names_[column], images, prompts));
    check_scores(names_[column], columns.back(), prompts);
  }
  return columns;
}

}  // namespace treegrpo
