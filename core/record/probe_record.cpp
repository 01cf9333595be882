#include "record/probe_record.h"

#include <cmath>
#include <cstddef>

namespace treegrpo {
namespace {

// ‖a − b‖/√D of pictures of one size.
double distance(const Image& a, const Image& b) {
  double squares = 0;
  for (std::size_t i = 0; i < a.rgb.size(); ++i) {
    const double difference = (static_cast<double>(a.rgb[i]) - static_cast<double>(b.rgb[i])) / 255;
    squares += difference * difference;
  }
  return std::sqrt(squares / static_cast<double>(a.rgb.size()));
}

// A mean that leaves missing numbers out.
class Mean {
 public:
  void add(double value) {
    if (std::isnan(value)) return;
    sum_ += value;
    ++count_;
  }
  double value() const { return count_ > 0 ? sum_ / count_ : no_value; }

 private:
  double sum_ = 0;
  int count_ = 0;
};

struct NamedMean {
  std::string name;
  Mean mean;
};

Mean& mean_of(std::vector<NamedMean>& means, const std::string& name) {
  for (NamedMean& known : means)
    if (known.name == name) return known.mean;
  return means.emplace_back(NamedMean{name, {}}).mean;
}

}  // namespace

double picture_diversity(std::span<const ProbePicture> pictures) {
  Mean mean;
  for (std::size_t i = 0; i < pictures.size(); ++i)
    for (std::size_t j = i + 1; j < pictures.size(); ++j) {
      const Image& a = pictures[i].image;
      const Image& b = pictures[j].image;
      if (a.empty() || a.width != b.width || a.height != b.height) return no_value;
      mean.add(distance(a, b));
    }
  return mean.value();
}

const ProbePicture* find_picture(const ProbeRecord& record, const std::string& prompt,
                                 std::int32_t seed) {
  for (const ProbedPrompt& probed : record.prompts) {
    if (probed.text != prompt) continue;
    for (const ProbePicture& picture : probed.pictures)
      if (picture.seed == seed) return &picture;
  }
  return nullptr;
}

ProbeMeans probe_means(const ProbeRecord& record) {
  std::vector<NamedMean> rewards;
  Mean kl, diversity;
  for (const ProbedPrompt& prompt : record.prompts) {
    diversity.add(prompt.diversity);
    for (const ProbePicture& picture : prompt.pictures) {
      kl.add(picture.kl);
      for (const NamedValue& reward : picture.rewards)
        mean_of(rewards, reward.name).add(reward.value);
    }
  }
  ProbeMeans means{.rewards = {}, .kl = kl.value(), .diversity = diversity.value()};
  for (const NamedMean& reward : rewards)
    means.rewards.push_back({reward.name, reward.mean.value()});
  return means;
}

}  // namespace treegrpo
