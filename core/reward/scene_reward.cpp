#include "reward/scene_reward.h"

#include <string>
#include <utility>

#include "base/error.h"
#include "policy/pictures.h"
#include "scene/caption.h"
#include "scene/detector.h"

namespace treegrpo {
namespace {

SceneSpec spec_of(const std::string& prompt) {
  try {
    return parse_caption(prompt);
  } catch (const Error& error) {
    throw error.within("the scene reward cannot score the prompt '" + prompt + "'");
  }
}

class SceneReward final : public Reward {
 public:
  using Number = double (*)(const SceneScore&);
  SceneReward(std::string name, Number number) : name_(std::move(name)), number_(number) {}

  std::string name() const override { return name_; }

  std::vector<double> score(const at::Tensor& images,
                            std::span<const std::string> prompts) override {
    const std::vector<Image> pictures = pictures_of(images);
    std::vector<double> scores;
    for (std::size_t i = 0; i < pictures.size() && i < prompts.size(); ++i)
      scores.push_back(number_(score_scene(pictures[i], spec_of(prompts[i]))));
    return scores;
  }

 private:
  std::string name_;
  Number number_;
};

}  // namespace

std::unique_ptr<Reward> make_scene_reward() {
  return std::make_unique<SceneReward>("scene", [](const SceneScore& s) { return s.graded; });
}

std::unique_ptr<Reward> make_scene_strict_reward() {
  return std::make_unique<SceneReward>("scene_strict",
                                       [](const SceneScore& s) { return s.strict ? 1. : 0.; });
}

}  // namespace treegrpo
