#include "comparison/sample_plots.h"

#include "canvas/compare_plots.h"

namespace treegrpo {

std::vector<CurvePlot> samplePlots(const ComparedSamples& samples, const std::string& of,
                                   bool all) {
  std::vector<std::string> letters;
  std::vector<std::vector<double>> rewards, advantages;
  for (const ComparedSample& one : samples) {
    letters.push_back(one.letter);
    rewards.push_back(one.sample.rewards);
    std::vector<double>& own = advantages.emplace_back();
    for (const auto& [step, values] : one.sample.advantages)
      own.insert(own.end(), values.begin(), values.end());
  }
  std::vector<CurvePlot> plots{ecdfPlot("Leaf rewards of " + of, "reward", letters, rewards)};
  if (!all) return plots;
  plots.push_back(histogramPlot("Leaf rewards", "reward", letters, rewards));
  plots.push_back(ecdfPlot("Advantages", "advantage", letters, advantages));
  return plots;
}

DepthHistograms depthHistograms(const ComparedSamples& samples) {
  DepthHistograms histograms{"Advantages by step", {}};
  for (const ComparedSample& one : samples)
    histograms.samples.push_back({one.letter, one.sample.advantages});
  return histograms;
}

}  // namespace treegrpo
