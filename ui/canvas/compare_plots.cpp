#include "canvas/compare_plots.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "canvas/axis_unit.h"
#include "canvas/number_text.h"
#include "canvas/run_look.h"

namespace treegrpo {
namespace {

constexpr double smallest_fixed = .01;  // below it three decimals say too little

struct MetricWords {
  const char* metric;
  const char* title;
};
constexpr std::array metric_words = {MetricWords{"reward", "Reward"},
                                     MetricWords{"kl", "KL"},
                                     MetricWords{"nfe", "NFE per iteration"},
                                     MetricWords{"loss", "Loss"},
                                     MetricWords{"ratio_mean", "Ratio ρ, mean"},
                                     MetricWords{"ratio_std", "Ratio ρ, s.d."},
                                     MetricWords{"ratio_max", "Ratio ρ, largest"},
                                     MetricWords{"clip_fraction", "Clip fraction"},
                                     MetricWords{"grad_norm", "Gradient norm"},
                                     MetricWords{"learning_rate", "Learning rate"},
                                     MetricWords{"diversity", "Diversity"},
                                     MetricWords{"leaves", "Leaves"},
                                     MetricWords{"seconds_total", "Seconds per iteration"},
                                     MetricWords{"peak_bytes", "Peak memory, bytes"},
                                     MetricWords{"evaluation.reward", "Evaluation: reward"}};

std::vector<double> divided(const std::vector<double>& values, double by) {
  std::vector<double> result;
  for (const double value : values) result.push_back(value / by);
  return result;
}

// Three decimals, or two digits of numbers that are small or large throughout.
int decimalsOf(const Comparison& comparison) {
  double most = 0;
  for (const ComparedGroup& group : comparison.groups)
    for (const double value : group.curve.mean) most = std::max(most, std::abs(value));
  return most >= smallest_fixed && most < 1e4 ? 3 : -1;
}

class ComparePlots {
 public:
  ComparePlots(const Comparison& comparison, const ComparisonOptions& options,
               const ComparePlotLook& look)
      : comparison_(comparison),
        options_(options),
        look_(look),
        unit_(axisUnit(options.axis, compareReach(comparison))),
        decimals_(decimalsOf(comparison)) {}

  CurvePlot plot() const {
    CurvePlot plot{metricTitle(options_.metric), bandCaption(options_.band), unit_.name, {}};
    const auto& groups = comparison_.groups;
    for (std::size_t i = 0; i < groups.size(); ++i)
      if (!groups[i].curve.x.empty()) plot.series.push_back(mean(groups[i], i));
    if (look_.raw)
      for (std::size_t i = 0; i < groups.size(); ++i) addRuns(groups[i], i, plot.series);
    return plot;
  }

 private:
  CurveSeries mean(const ComparedGroup& group, std::size_t place) const {
    CurveSeries series;
    series.name = group.letter;
    series.right_label = group.letter + " (n = " + std::to_string(group.measured.size()) + ")";
    series.x = divided(group.curve.x, unit_.per);
    series.y = group.curve.mean;
    series.band = {group.curve.low, group.curve.high};
    series.run = static_cast<int>(place);
    series.dash = runDash(place);
    series.decimals = decimals_;
    series.interpolate = true;
    series.definition = group.letter + ": " + group.label + ", " + bandCaption(options_.band) +
                        " over " + std::to_string(group.measured.size()) +
                        (group.measured.size() == 1 ? " run." : " runs.");
    return series;
  }

  void addRuns(const ComparedGroup& group, std::size_t place, std::vector<CurveSeries>& all) const {
    if (group.aligned.y.size() < 2 && options_.smooth <= 1) return;
    for (const std::vector<double>& values : group.aligned.y) {
      CurveSeries series;
      series.name = group.letter;
      series.x = divided(group.aligned.x, unit_.per);
      series.y = values;
      series.run = static_cast<int>(place);
      series.background = true;
      series.may_lack = true;
      all.push_back(std::move(series));
    }
  }

  const Comparison& comparison_;
  const ComparisonOptions& options_;
  const ComparePlotLook& look_;
  AxisUnit unit_;
  int decimals_;
};

// The corners of the steps of an ECDF, from 0 on.
CurveSeries stepLine(const Ecdf& ecdf) {
  CurveSeries series;
  double share = 0;
  for (std::size_t i = 0; i < ecdf.x.size(); ++i) {
    series.x.insert(series.x.end(), {ecdf.x[i], ecdf.x[i]});
    series.y.insert(series.y.end(), {share, ecdf.share[i]});
    share = ecdf.share[i];
  }
  return series;
}

// The corners of the bins of a histogram of n values, from 0 to 0, on a ground.
CurveSeries outline(const Histogram& bins, std::size_t n) {
  CurveSeries series;
  const auto add = [&series](double x, double y) {
    series.x.push_back(x);
    series.y.push_back(y);
  };
  add(bins.edges.front(), 0);
  for (std::size_t bin = 0; bin < bins.counts.size(); ++bin) {
    const double share = static_cast<double>(bins.counts[bin]) / static_cast<double>(n);
    add(bins.edges[bin], share);
    add(bins.edges[bin + 1], share);
  }
  add(bins.edges.back(), 0);
  series.band = {std::vector<double>(series.y.size(), 0.), series.y};
  return series;
}

}  // namespace

double compareReach(const Comparison& comparison) {
  double reach = 0;
  for (const ComparedGroup& group : comparison.groups)
    if (!group.curve.x.empty()) reach = std::max(reach, group.curve.x.back());
  return reach;
}

CurvePlot comparePlot(const Comparison& comparison, const ComparisonOptions& options,
                      const ComparePlotLook& look) {
  return ComparePlots(comparison, options, look).plot();
}

std::vector<CurveMark> compareMarks(std::span<const ComparedRun> runs, const Comparison& comparison,
                                    XAxis axis) {
  const double per = axisUnit(axis, compareReach(comparison)).per;
  std::vector<CurveMark> marks;
  for (std::size_t group = 0; group < comparison.groups.size(); ++group)
    for (const std::size_t at : comparison.groups[group].runs) {
      const ComparedRun& run = runs[at];
      const std::string& letter = comparison.groups[group].letter;
      const auto add = [&](std::int32_t iteration, MarkShape shape, const std::string& label,
                           const std::string& words) {
        marks.push_back({axis_place(run.scalars, iteration, axis) / per, label,
                         letter + ", " + run.name + ": " + words, shape, static_cast<int>(group)});
      };
      for (const ParameterChanged& change : run.changes) {
        const std::string values = change.old_value + " → " + change.new_value;
        add(change.iteration, MarkShape::line,
            letter + " " + change.key.substr(change.key.rfind('.') + 1) + " " + values,
            change.key + " " + values + ", from iteration " + std::to_string(change.iteration) +
                " on");
      }
      for (const std::int32_t iterations : run.checkpoints)
        add(iterations, MarkShape::tick, {},
            "checkpoint after " + std::to_string(iterations) + " iterations");
    }
  // Labels make room from left to right.
  std::ranges::stable_sort(marks, {}, &CurveMark::x);
  return marks;
}

CurvePlot histogramPlot(std::string title, std::string x_label,
                        std::span<const std::string> letters,
                        std::span<const std::vector<double>> samples) {
  CurvePlot plot{std::move(title), "share of values in each bin", std::move(x_label), {}};
  plot.from_zero = true;
  const std::vector<double> edges = common_edges(samples);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const Histogram bins = histogram(samples[i], edges);
    std::size_t n = 0;
    for (const std::size_t count : bins.counts) n += count;
    if (n == 0) continue;
    CurveSeries series = outline(bins, n);
    series.name = letters[i];
    series.right_label = letters[i] + ", n = " + std::to_string(n);
    series.end_number = false;
    series.run = static_cast<int>(i);
    series.dash = runDash(i);
    series.smooth = false;
    series.decimals = 2;
    series.definition = letters[i] + ": share of its " + std::to_string(n) + " values in each of " +
                        std::to_string(bins.counts.size()) +
                        " bins, which all samples have in common (Freedman–Diaconis).";
    plot.series.push_back(std::move(series));
  }
  return plot;
}

CurvePlot ecdfPlot(std::string title, std::string x_label, std::span<const std::string> letters,
                   std::span<const std::vector<double>> samples) {
  CurvePlot plot{std::move(title), "share of values at or below x", std::move(x_label), {}};
  plot.from_zero = true;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const Ecdf values = ecdf(samples[i]);
    if (values.n == 0) continue;
    CurveSeries series = stepLine(values);
    const std::size_t middle =
        static_cast<std::size_t>(std::ranges::lower_bound(values.share, .5) - values.share.begin());
    series.name = letters[i];
    series.right_label = letters[i] + ", median " + fixedText(values.x[middle], 2) +
                         ", n = " + std::to_string(values.n);
    series.end_number = false;
    series.run = static_cast<int>(i);
    series.dash = runDash(i);
    series.smooth = false;
    series.decimals = 2;
    series.definition = letters[i] + ": share of its " + std::to_string(values.n) +
                        " values that are at or below x.";
    plot.series.push_back(std::move(series));
  }
  return plot;
}

std::string bandCaption(Band band) {
  switch (band) {
    case Band::standard_error:
      return "mean ± s.e.";
    case Band::deviation:
      return "mean ± s.d.";
    case Band::range:
      return "mean, least to greatest run";
    case Band::bootstrap:
      return "mean, 95 % bootstrap interval";
  }
  return {};
}

std::string metricTitle(const std::string& metric) {
  for (const MetricWords& words : metric_words)
    if (metric == words.metric) return words.title;
  if (metric.starts_with("reward.")) return "Reward: " + metric.substr(7);
  if (metric.starts_with("evaluation.")) return "Evaluation: " + metric.substr(11);
  return metric;
}

}  // namespace treegrpo
