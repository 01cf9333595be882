#include "canvas/run_plots.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "canvas/axis_unit.h"
#include "canvas/number_text.h"
#include "canvas/run_look.h"

namespace treegrpo {
namespace {

constexpr double smoothing = .7;

using Getter = std::function<double(const IterationRecord&)>;

double named(const std::vector<NamedValue>& values, const std::string& name) {
  for (const NamedValue& one : values)
    if (one.name == name) return one.value;
  return no_value;
}

// "lr" of "optim.lr": the plots have little room, the event log has it whole.
std::string shortKey(const std::string& key) { return key.substr(key.rfind('.') + 1); }

// A power of ten as one writes a factor: "10", "0.1".
std::string weightOf(double factor) {
  if (factor >= 1) return factor < 1e5 ? fixedText(factor, 0) : shortText(factor);
  return shortText(factor);
}

double spentIn(const IterationRecord& record, XAxis axis) {
  if (axis == XAxis::nfe) return static_cast<double>(record.nfe);
  if (axis == XAxis::images) return static_cast<double>(record.leaves);
  return std::isfinite(record.seconds.total) ? record.seconds.total : 0;
}

// The x of every iteration, before units.
std::vector<double> rawAxis(const RunHistory& history, XAxis axis) {
  std::vector<double> places;
  double spent = 0;
  for (const IterationRecord& record : history.iterations) {
    spent += axis == XAxis::iteration ? 0 : spentIn(record, axis);
    places.push_back(axis == XAxis::iteration ? record.iteration : spent);
  }
  return places;
}

class Plots {
 public:
  Plots(const RunHistory& history, XAxis axis, std::int32_t current)
      : history_(history), axis_(axis), current_(current), x_(rawAxis(history, axis)) {
    unit_ = axisUnit(axis, x_.empty() ? 0 : x_.back());
    for (double& x : x_) x /= unit_.per;
  }

  CurvePlot plot(std::string title, std::string caption) const {
    CurvePlot plot{std::move(title), std::move(caption), unit_.name, {}};
    for (const ParameterChanged& change : history_.changes) {
      const std::string values = " " + change.old_value + " → " + change.new_value;
      plot.marks.push_back({.x = axisOf(history_, axis_, change.iteration),
                            .label = shortKey(change.key) + values,
                            .definition = "Changed from iteration " +
                                          std::to_string(change.iteration) + " on: " + change.key +
                                          values});
    }
    if (current_ >= 0) plot.current_x = axisOf(history_, axis_, current_);
    plot.smoothing = 0;
    return plot;
  }

  CurveSeries series(std::string name, const Getter& get, int decimals,
                     std::string definition) const {
    CurveSeries series;
    series.name = std::move(name);
    series.x = x_;
    for (const IterationRecord& record : history_.iterations) series.y.push_back(get(record));
    series.decimals = decimals;
    series.definition = std::move(definition);
    return series;
  }

  // Of a number that an iteration may be without: KL that is off, a step outside the window.
  static CurveSeries lacking(CurveSeries series) {
    series.may_lack = true;
    return series;
  }

  CurveSeries second(std::string name, const Getter& get, int decimals, std::string definition,
                     std::size_t dash = 1) const {
    CurveSeries one = series(name, get, decimals, std::move(definition));
    one.right_label = std::move(name);
    one.dash = seriesDash(dash);
    one.color = dash == 0 ? CurveColor::strong : CurveColor::second;
    return one;
  }

  std::vector<CurvePlot> of(CurveTab tab) const {
    switch (tab) {
      case CurveTab::overview:
        return row({reward(), clip(true), nfe()});
      case CurveTab::reward:
        return row({reward(), components(), diversity()});
      case CurveTab::kl_ratio:
        return row({kl(), ratio(), clip(false)});
      case CurveTab::advantages:
        return row({spreadByDepth(), gradient(), skipped()});
      case CurveTab::time:
        return row({phases(), nfe(), memory()});
    }
    return {};
  }

 private:
  // They share their x, so the first one names it.
  static std::vector<CurvePlot> row(std::vector<CurvePlot> plots) {
    for (std::size_t i = 1; i < plots.size(); ++i) plots[i].name_x = false;
    return plots;
  }

  CurvePlot reward() const {
    CurvePlot result = plot("Reward", "mean over leaves");
    result.smoothing = smoothing;
    result.series.push_back(series(
        "reward", [](const auto& it) { return it.reward; }, 3,
        "Reward: mean over all leaves of an iteration of Σ weight × raw "
        "column. Thin: each iteration; thick: moving average (0.7 of "
        "what came before)."));
    addEvaluations(result);
    return result;
  }

  void addEvaluations(CurvePlot& result) const {
    if (history_.evaluations.empty()) return;
    CurveSeries series;
    series.name = series.right_label = "eval";
    series.color = CurveColor::second;
    series.dash = seriesDash(1);
    series.may_lack = true;
    series.smooth = false;
    series.definition =
        "Evaluation: mean reward of the fixed evaluation prompts, ± its standard error.";
    std::vector<double> errors;
    for (const EvaluationRecord& one : history_.evaluations) {
      const double x = axisOf(history_, axis_, one.iteration);
      if (!series.x.empty() && !(x > series.x.back())) continue;  // once a place
      series.x.push_back(x);
      series.y.push_back(one.reward);
      errors.push_back(one.reward_error);
    }
    series.band = bandAround(series.y, errors);
    result.caption = "mean; dashed: evaluation";
    result.series.push_back(std::move(series));
  }

  CurvePlot components() const {
    CurvePlot result = plot("Reward by component", "raw means");
    result.smoothing = smoothing;
    std::vector<std::string> names;
    for (const NamedValue& one : history_.iterations.back().reward_by_name)
      names.push_back(one.name);
    for (std::size_t i = 0; i < names.size(); ++i)
      result.series.push_back(second(
          names[i], [&](const auto& it) { return named(it.reward_by_name, names[i]); }, 3,
          names[i] + ": mean over all leaves of this raw reward column, before its weight.", i));
    return result;
  }

  CurvePlot diversity() const {
    CurvePlot result = plot("Diversity", "distance of leaves");
    result.smoothing = smoothing;
    result.series.push_back(lacking(series(
        "diversity", [](const auto& it) { return it.diversity; }, 2,
        "Diversity: mean pairwise distance of the leaf latents of one prompt. A fall while the "
        "reward rises is a sign of reward hacking.")));
    return result;
  }

  // Clip fraction, with KL drawn on its scale where there is one.
  CurvePlot clip(bool with_kl) const {
    CurvePlot result = plot("Clip fraction", "of the trained edges");
    result.from_zero = true;
    result.series.push_back(lacking(series(
        "clip", [](const auto& it) { return it.clip_fraction; }, 3,
        "Clip fraction: share of the trained edges whose ratio left 1 ± the clip range on the side "
        "that stops the gradient.")));
    CurveSeries kl = klSeries();
    const double factor = with_kl ? factorBetween(kl, result.series[0]) : 0;
    if (factor == 0) return result;
    kl.scale = factor;
    kl.color = CurveColor::second;
    kl.dash = seriesDash(1);
    kl.right_label = "KL";
    result.series[0].right_label = "clip";
    result.caption = "dashed: KL × " + weightOf(factor);
    result.series.push_back(std::move(kl));
    return result;
  }

  CurveSeries klSeries() const {
    return lacking(series(
        "KL", [](const auto& it) { return it.kl; }, -1,
        "KL: mean over the trained edges of KL(policy ‖ reference weights), per latent "
        "dimension. None where the KL term is off."));
  }

  // The power of ten that brings the highest of `one` to that of `other`; 0 if one has none.
  static double factorBetween(const CurveSeries& one, const CurveSeries& other) {
    const double from = highest(one), to = highest(other);
    if (!(from > 0)) return 0;
    return to > 0 ? std::pow(10, std::round(std::log10(to / from))) : 1;
  }

  static double highest(const CurveSeries& series) {
    double most = 0;
    for (const double y : series.y)
      if (std::isfinite(y)) most = std::max(most, y);
    return most;
  }

  CurvePlot kl() const {
    CurvePlot result = plot("KL", "to reference, mean over edges");
    result.from_zero = true;
    result.smoothing = smoothing;
    result.series.push_back(klSeries());
    return result;
  }

  CurvePlot ratio() const {
    CurvePlot result = plot("Ratio ρ", "mean ± s.d.; dashed: max");
    CurveSeries mean = series(
        "mean", [](const auto& it) { return it.ratio_mean; }, 5,
        "Ratio: ρ = π_new / π_old of an edge, mean ± standard deviation over "
        "the trained edges of the first pass.");
    std::vector<double> deviations;
    for (const IterationRecord& record : history_.iterations)
      deviations.push_back(record.ratio_std);
    mean.band = bandAround(mean.y, deviations);
    result.series.push_back(lacking(std::move(mean)));
    result.series.push_back(lacking(second(
        "max", [](const auto& it) { return it.ratio_max; }, 5,
        "Largest ratio ρ = π_new / π_old among the trained edges of the first pass.")));
    result.reference_y = 1;
    return result;
  }

  CurvePlot spreadByDepth() const {
    CurvePlot result = plot("Advantage s.d.", "by trained step");
    result.from_zero = true;
    std::size_t depths = 0;
    for (const IterationRecord& record : history_.iterations)
      depths = std::max(depths, record.advantage_std_by_depth.size());
    for (std::size_t depth = 0; depth < depths; ++depth) {
      const Getter get = [depth](const IterationRecord& it) {
        return depth < it.advantage_std_by_depth.size() ? it.advantage_std_by_depth[depth]
                                                        : no_value;
      };
      const std::string name = "step " + std::to_string(depth + 1);
      result.series.push_back(
          lacking(second(name, get, 2,
                         "Standard deviation of the advantages A of the edges of trained " + name +
                             " of the window, over all prompts.",
                         depth)));
    }
    return result;
  }

  CurvePlot gradient() const {
    CurvePlot result = plot("Gradient norm", "before clipping");
    result.from_zero = true;
    result.smoothing = smoothing;
    result.series.push_back(series(
        "norm", [](const auto& it) { return it.grad_norm; }, -1,
        "Gradient norm: Euclidean length of the gradient of all weights, before clipping."));
    return result;
  }

  CurvePlot skipped() const {
    CurvePlot result = plot("Skipped prompts", "rewards without variance");
    CurveSeries bars = series(
        "skipped", [](const auto& it) { return static_cast<double>(it.skipped_groups); }, 0,
        "Skipped prompts: groups whose rewards were all alike, so that no edge got an advantage.");
    bars.shape = CurveShape::bars;
    result.series.push_back(std::move(bars));
    return result;
  }

  CurvePlot phases() const {
    CurvePlot result = plot("Seconds", "of an iteration by phase");
    result.from_zero = true;
    using Phase = double PhaseSeconds::*;
    const std::pair<const char*, Phase> parts[] = {
        {"total", &PhaseSeconds::total},   {"sample", &PhaseSeconds::sample},
        {"decode", &PhaseSeconds::decode}, {"reward", &PhaseSeconds::reward},
        {"train", &PhaseSeconds::train},   {"store", &PhaseSeconds::store}};
    std::size_t dash = 0;
    for (const auto& [name, phase] : parts) {
      const Phase member = phase;
      result.series.push_back(second(
          name, [member](const auto& it) { return it.seconds.*member; }, 2,
          std::string("Seconds of an iteration spent on ") + name +
              (member == &PhaseSeconds::total ? ", evaluation left out." : "."),
          dash++));
    }
    return result;
  }

  CurvePlot nfe() const {
    CurvePlot result = plot("NFE per iteration", "");
    CurveSeries bars = series(
        "NFE", [](const auto& it) { return static_cast<double>(it.nfe); }, 0,
        "NFE: latents predicted by the network while sampling one iteration; guidance is "
        "not counted twice. Dotted: the mean.");
    bars.shape = axis_ == XAxis::iteration ? CurveShape::bars : CurveShape::line;
    double sum = 0;
    for (const double value : bars.y) sum += value;
    result.reference_y = sum / static_cast<double>(bars.y.size());
    result.caption = "dotted: mean " + fixedText(result.reference_y, 0);
    result.from_zero = true;
    result.series.push_back(std::move(bars));
    return result;
  }

  CurvePlot memory() const {
    CurvePlot result = plot("Memory", "GB, highest so far");
    result.from_zero = true;
    result.series.push_back(series(
        "GB", [](const auto& it) { return static_cast<double>(it.peak_bytes) * 1e-9; }, 2,
        "Memory: most resident memory that the process has had so far, in 10⁹ bytes."));
    return result;
  }

  const RunHistory& history_;
  XAxis axis_;
  std::int32_t current_;
  std::vector<double> x_;
  AxisUnit unit_{"", 1};
};

}  // namespace

std::vector<CurvePlot> runPlots(const RunHistory& history, CurveTab tab, XAxis axis,
                                std::int32_t current) {
  if (history.iterations.empty()) return {};
  return Plots(history, axis, current).of(tab);
}

double axisOf(const RunHistory& history, XAxis axis, std::int32_t iteration) {
  if (axis == XAxis::iteration) return iteration;
  double spent = 0, whole = 0;
  for (const IterationRecord& record : history.iterations) {
    whole += spentIn(record, axis);
    if (record.iteration <= iteration) spent = whole;
  }
  return spent / axisUnit(axis, whole).per;
}

std::int32_t iterationAt(const RunHistory& history, XAxis axis, double x) {
  std::int32_t nearest = -1;
  double least = 0;
  const std::vector<double> raw = rawAxis(history, axis);
  const double per = axisUnit(axis, raw.empty() ? 0 : raw.back()).per;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const double away = std::abs(raw[i] / per - x);
    if (nearest >= 0 && !(away < least)) continue;
    nearest = history.iterations[i].iteration;
    least = away;
  }
  return nearest;
}

}  // namespace treegrpo
