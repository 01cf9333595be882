#include "figure/figure_curves.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/error.h"

namespace treegrpo {
namespace {

constexpr std::string_view component = "reward.";
constexpr std::string_view evaluation = "evaluation.reward";
constexpr std::string_view axes[] = {"iteration", "nfe", "time", "images"};

struct Metric {
  std::string_view name, title;
  double IterationRecord::*value;  // none: of evaluations
};

constexpr Metric metrics[] = {
    {"reward", "Reward, mean over leaves", &IterationRecord::reward},
    {evaluation, "Held-out reward", nullptr},
    {"loss", "Loss", &IterationRecord::loss},
    {"ratio_mean", "Ratio ρ, mean over trained edges", &IterationRecord::ratio_mean},
    {"ratio_max", "Ratio ρ, largest", &IterationRecord::ratio_max},
    {"clip_fraction", "Clip fraction of trained edges", &IterationRecord::clip_fraction},
    {"kl", "KL to the reference, mean over trained edges", &IterationRecord::kl},
    {"grad_norm", "Gradient norm before clipping", &IterationRecord::grad_norm},
    {"diversity", "Diversity, distance of leaf latents", &IterationRecord::diversity},
};

constexpr auto names = [] {
  std::array<std::string_view, std::size(metrics)> all{};
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = metrics[i].name;
  return all;
}();

const Metric* metricNamed(std::string_view name) {
  for (const Metric& one : metrics)
    if (one.name == name) return &one;
  return nullptr;
}

double valueOf(const IterationRecord& record, const std::string& metric) {
  if (const Metric* known = metricNamed(metric)) return record.*(known->value);
  for (const NamedValue& one : record.reward_by_name)
    if (component.size() + one.name.size() == metric.size() && metric.ends_with(one.name))
      return one.value;
  return no_value;
}

double spentIn(const IterationRecord& record, std::string_view axis) {
  if (axis == "nfe") return static_cast<double>(record.nfe);
  if (axis == "images") return static_cast<double>(record.leaves);
  return std::isfinite(record.seconds.total) ? record.seconds.total : 0;
}

// Where weights of that many iterations stand on an axis: at what those had spent.
double spentBefore(const MeasuredRun& run, std::int32_t iterations, std::string_view axis) {
  if (axis == "iteration") return iterations;
  double spent = 0;
  for (const IterationRecord& record : run.iterations)
    if (record.iteration < iterations) spent += spentIn(record, axis);
  return spent;
}

FigureSeries evaluationsOf(const MeasuredRun& run, std::string_view axis) {
  FigureSeries series{.name = run.name, .x = {}, .mean = {}};
  for (const EvaluationRecord& one : run.evaluations) {
    const double x = spentBefore(run, one.iteration, axis);
    if (!std::isfinite(one.reward) || (!series.x.empty() && !(x > series.x.back()))) continue;
    series.x.push_back(x);
    series.mean.push_back(one.reward);
    series.low.push_back(one.reward - one.reward_error);
    series.high.push_back(one.reward + one.reward_error);
  }
  return series;
}

FigureSeries iterationsOf(const MeasuredRun& run, const std::string& metric,
                          std::string_view axis) {
  FigureSeries series{.name = run.name, .x = {}, .mean = {}};
  double spent = 0;
  for (const IterationRecord& record : run.iterations) {
    spent += spentIn(record, axis);
    const double value = valueOf(record, metric);
    if (!std::isfinite(value)) continue;
    series.x.push_back(axis == "iteration" ? record.iteration : spent);
    series.mean.push_back(value);
  }
  return series;
}

struct Unit {
  const char* label;
  double per;
};

Unit unitOf(std::string_view axis, double most) {
  if (axis == "iteration") return {"Iteration", 1};
  if (axis == "nfe")
    return most >= 1e5 ? Unit{"Function evaluations (NFE, thousands)", 1e3}
                       : Unit{"Function evaluations (NFE)", 1};
  if (axis == "images") return most >= 1e5 ? Unit{"Images (thousands)", 1e3} : Unit{"Images", 1};
  if (most >= 2 * 3600) return {"Wall time (h)", 3600};
  return most >= 2 * 60 ? Unit{"Wall time (min)", 60} : Unit{"Wall time (s)", 1};
}

}  // namespace

std::span<const std::string_view> curveMetrics() { return names; }
std::span<const std::string_view> curveAxes() { return axes; }

bool isCurveMetric(std::string_view metric) {
  return metricNamed(metric) || (metric.starts_with(component) && metric.size() > component.size());
}

std::string metricTitle(std::string_view metric) {
  if (const Metric* known = metricNamed(metric)) return std::string(known->title);
  return "Reward " + std::string(metric.substr(component.size())) + ", mean over leaves";
}

FigureCurves curvesOf(std::span<const MeasuredRun> runs, const std::string& metric,
                      const std::string& x) {
  FigureCurves curves{.title = metricTitle(metric), .x_label = {}, .band = {}, .series = {}};
  double most = 0;
  for (const MeasuredRun& run : runs) {
    FigureSeries series =
        metric == evaluation ? evaluationsOf(run, x) : iterationsOf(run, metric, x);
    if (series.x.empty())
      throw Error("run '" + run.name + "' has no number of '" + metric +
                  "'; choose another metric or leave the run out");
    most = std::max(most, series.x.back());
    curves.series.push_back(std::move(series));
  }
  const Unit unit = unitOf(x, most);
  for (FigureSeries& series : curves.series)
    for (double& place : series.x) place /= unit.per;
  curves.x_label = unit.label;
  if (metric == evaluation) curves.band = "± standard error over prompts";
  return curves;
}

}  // namespace treegrpo
