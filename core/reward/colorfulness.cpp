#include "reward/colorfulness.h"

#include <cmath>

#include "policy/pictures.h"

namespace treegrpo {
namespace {

struct Moments {
  double sum = 0;
  double squares = 0;

  void add(double value) {
    sum += value;
    squares += value * value;
  }
  double mean(double n) const { return sum / n; }
  double variance(double n) const { return std::max(0., squares / n - mean(n) * mean(n)); }
};

double colorfulness(const Image& picture) {
  Moments red_green, yellow_blue;
  for (std::size_t at = 0; at + 2 < picture.rgb.size(); at += 3) {
    const double r = picture.rgb[at] / 255.;
    const double g = picture.rgb[at + 1] / 255.;
    const double b = picture.rgb[at + 2] / 255.;
    red_green.add(r - g);
    yellow_blue.add((r + g) / 2 - b);
  }
  const auto n = static_cast<double>(picture.rgb.size() / 3);
  return std::sqrt(red_green.variance(n) + yellow_blue.variance(n)) +
         .3 * std::hypot(red_green.mean(n), yellow_blue.mean(n));
}

class Colorfulness final : public Reward {
 public:
  std::string name() const override { return "colorfulness"; }
  std::vector<double> score(const at::Tensor& images, std::span<const std::string>) override {
    std::vector<double> scores;
    for (const Image& picture : pictures_of(images)) scores.push_back(colorfulness(picture));
    return scores;
  }
};

}  // namespace

std::unique_ptr<Reward> make_colorfulness_reward() { return std::make_unique<Colorfulness>(); }

}  // namespace treegrpo
