#include "figure/figure_curves.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "canvas/axis_unit.h"
#include "canvas/compare_plots.h"
#include "tree/method.h"

namespace treegrpo {
namespace {

constexpr std::string_view evaluation = "evaluation.reward";
constexpr std::string_view axes[] = {"iteration", "nfe", "time", "images"};
constexpr std::string_view groups[] = {"run", "seed", "method"};
constexpr std::string_view bands[] = {"se", "std", "range", "bootstrap"};

void require_numbers(std::span<const ComparedRun> runs, const std::string& metric, XAxis axis) {
  for (const ComparedRun& run : runs)
    if (metric_series(run.scalars, metric, axis).x.empty())
      throw Error("run '" + run.name + "' has no number of '" + metric +
                  "'; choose another metric or leave the run out");
}

// An evaluation's band is over its prompts, of one run.
void add_prompt_bands(FigureSeries& series, const ComparedRun& run) {
  for (const EvaluationRecord& one : run.scalars.evaluations) {
    if (!std::isfinite(one.reward)) continue;  // metric_series leaves it out
    if (series.low.size() == series.x.size()) break;
    series.low.push_back(one.reward - one.reward_error);
    series.high.push_back(one.reward + one.reward_error);
  }
  if (series.low.size() != series.x.size()) series.low = series.high = {};
}

FigureSeries lineOf(const ComparedRun& run, const CurvesPanel& panel, XAxis axis) {
  Series values = smoothed(metric_series(run.scalars, panel.metric, axis), panel.running_mean);
  FigureSeries series{.name = run.name, .x = std::move(values.x), .mean = std::move(values.y)};
  if (panel.metric == evaluation && panel.running_mean == 1) add_prompt_bands(series, run);
  return series;
}

ComparisonOptions optionsOf(const CurvesPanel& panel, XAxis axis) {
  ComparisonOptions options{.metric = panel.metric, .axis = axis};
  options.band = band_from_name(panel.band).value_or(Band::standard_error);
  options.smooth = panel.running_mean;
  if (panel.group == "method") options.grouping = {.keys = {"method.name"}, .by_equal = true};
  return options;
}

// The method alone where no other group has it.
std::string nameOf(std::size_t place, std::span<const ComparedGroup> groups,
                   std::span<const ComparedRun> runs) {
  const auto methodOf = [&](const ComparedGroup& group) {
    return runs[group.runs.front()].config.method.name;
  };
  const std::string method = methodOf(groups[place]);
  const auto same =
      std::ranges::count_if(groups, [&](const auto& one) { return methodOf(one) == method; });
  return same == 1 ? std::string(method_named(method).title) : groups[place].label;
}

FigureSeries meanOf(const ComparedGroup& group, std::string name, bool show_runs) {
  FigureSeries series{.name = std::move(name), .x = group.curve.x, .mean = group.curve.mean};
  series.n = static_cast<std::int32_t>(group.measured.size());
  series.n_at.assign(group.curve.n.begin(), group.curve.n.end());
  if (group.measured.size() < 2) return series;
  series.low = group.curve.low;
  series.high = group.curve.high;
  if (!show_runs) return series;
  for (const std::vector<double>& values : group.aligned.y)
    series.runs.push_back({group.aligned.x, values});
  return series;
}

void divide(std::vector<double>& places, double by) {
  for (double& place : places) place /= by;
}

std::string capital(std::string words) {
  if (!words.empty() && words[0] >= 'a' && words[0] <= 'z')
    words[0] = static_cast<char>(words[0] - 'a' + 'A');
  return words;
}

// "Iteration", "Function evaluations (NFE, thousands)", "Wall time (min)".
std::string labelOf(XAxis axis, const AxisUnit& unit) {
  const bool thousands = unit.per == 1e3;
  if (axis == XAxis::nfe)
    return thousands ? "Function evaluations (NFE, thousands)" : "Function evaluations (NFE)";
  if (axis == XAxis::images) return thousands ? "Images (thousands)" : "Images";
  if (axis == XAxis::wall_time) return "Wall time (" + std::string(unit.name) + ")";
  return capital(unit.name);
}

}  // namespace

std::vector<std::string> curveMetrics() {
  std::vector<std::string> names;
  for (const NamedValue& one : named_scalars(IterationRecord{})) names.push_back(one.name);
  names.insert(names.begin() + 1, std::string(evaluation));
  return names;
}

std::span<const std::string_view> curveAxes() { return axes; }
std::span<const std::string_view> curveGroups() { return groups; }
std::span<const std::string_view> curveBands() { return bands; }

bool isCurveMetric(std::string_view metric) {
  for (const std::string_view part : {"reward.", "evaluation.", "advantage_std."})
    if (metric.starts_with(part)) return metric.size() > part.size();
  const std::vector<std::string> known = curveMetrics();
  return std::ranges::find(known, metric) != known.end();
}

FigureCurves curvesOf(std::span<const ComparedRun> runs, const CurvesPanel& panel) {
  const XAxis axis = axis_from_name(panel.x).value_or(XAxis::iteration);
  require_numbers(runs, panel.metric, axis);
  FigureCurves curves{.title = metricTitle(panel.metric), .x_label = {}, .band = {}, .series = {}};
  curves.smoothing = panel.smoothing;
  if (panel.group == "run") {
    for (const ComparedRun& run : runs) curves.series.push_back(lineOf(run, panel, axis));
    if (panel.metric == evaluation && panel.running_mean == 1)
      curves.band = "± standard error over prompts";
  } else {
    const ComparisonOptions options = optionsOf(panel, axis);
    const std::vector<ComparedGroup> found = compare_runs(runs, options).groups;
    for (std::size_t i = 0; i < found.size(); ++i)
      curves.series.push_back(meanOf(found[i], nameOf(i, found, runs), panel.show_runs));
    curves.band = bandCaption(options.band) + " over runs";
  }
  double most = 0;
  for (const FigureSeries& series : curves.series) most = std::max(most, series.x.back());
  const AxisUnit unit = axisUnit(axis, most);
  for (FigureSeries& series : curves.series) {
    divide(series.x, unit.per);
    for (Series& run : series.runs) divide(run.x, unit.per);
  }
  curves.x_label = labelOf(axis, unit);
  return curves;
}

}  // namespace treegrpo
