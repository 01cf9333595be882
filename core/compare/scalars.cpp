#include "compare/scalars.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace treegrpo {
namespace {

struct Axis {
  XAxis axis;
  std::string_view name;
  std::string_view unit;
};
constexpr std::array axes = {Axis{XAxis::iteration, "iteration", "iterations"},
                             Axis{XAxis::nfe, "nfe", "function evaluations"},
                             Axis{XAxis::wall_time, "time", "seconds"},
                             Axis{XAxis::images, "images", "images"}};

struct Column {
  const char* name;
  double (*value)(const IterationRecord& record);
};

template <auto member>
double number(const IterationRecord& record) {
  return static_cast<double>(record.*member);
}
template <auto member>
double phase(const IterationRecord& record) {
  return record.seconds.*member;
}

using I = IterationRecord;
using P = PhaseSeconds;
constexpr std::array columns = {Column{"loss", number<&I::loss>},
                                Column{"ratio_mean", number<&I::ratio_mean>},
                                Column{"ratio_std", number<&I::ratio_std>},
                                Column{"ratio_max", number<&I::ratio_max>},
                                Column{"clip_fraction", number<&I::clip_fraction>},
                                Column{"kl", number<&I::kl>},
                                Column{"grad_norm", number<&I::grad_norm>},
                                Column{"learning_rate", number<&I::learning_rate>},
                                Column{"diversity", number<&I::diversity>},
                                Column{"skipped_groups", number<&I::skipped_groups>},
                                Column{"softmax_ess", number<&I::softmax_ess>},
                                Column{"window_start", number<&I::window_start>},
                                Column{"nfe", number<&I::nfe>},
                                Column{"trained_passes", number<&I::trained_passes>},
                                Column{"forward_passes", number<&I::forward_passes>},
                                Column{"leaves", number<&I::leaves>},
                                Column{"seconds_sample", phase<&P::sample>},
                                Column{"seconds_decode", phase<&P::decode>},
                                Column{"seconds_reward", phase<&P::reward>},
                                Column{"seconds_train", phase<&P::train>},
                                Column{"seconds_store", phase<&P::store>},
                                Column{"seconds_total", phase<&P::total>},
                                Column{"peak_bytes", number<&I::peak_bytes>}};

// What one iteration adds to an axis.
double spent(const IterationRecord& record, XAxis axis) {
  switch (axis) {
    case XAxis::nfe:
      return static_cast<double>(record.nfe);
    case XAxis::wall_time:
      return record.seconds.total;
    case XAxis::images:
      return static_cast<double>(record.leaves);
    case XAxis::iteration:
      break;
  }
  return 1;
}

double value_named(const std::vector<NamedValue>& values, std::string_view name) {
  for (const NamedValue& value : values)
    if (value.name == name) return value.value;
  return no_value;
}

// A metric of an iteration without the whole list of them.
double scalar(const IterationRecord& record, std::string_view metric) {
  if (metric == "reward") return record.reward;
  for (const Column& column : columns)
    if (metric == column.name) return column.value(record);
  if (metric.starts_with("reward."))
    return value_named(record.reward_by_name, metric.substr(std::string_view("reward.").size()));
  if (metric.starts_with("advantage_std.")) return value_named(named_scalars(record), metric);
  return no_value;
}

void add_point(Series& series, double x, double y) {
  if (!std::isfinite(x) || !std::isfinite(y)) return;
  series.x.push_back(x);
  series.y.push_back(y);
}

Series evaluation_series(const RunScalars& run, std::string_view metric, XAxis axis) {
  Series series;
  auto next = run.iterations.begin();
  double x = 0;
  for (const EvaluationRecord& record : run.evaluations) {
    while (next != run.iterations.end() && next->iteration < record.iteration)
      x += spent(*next++, axis);
    add_point(series, axis == XAxis::iteration ? record.iteration : x,
              value_named(named_scalars(record), metric));
  }
  return series;
}

void add_names(std::vector<std::string>& names, const std::vector<NamedValue>& values) {
  for (const NamedValue& value : values)
    if (std::isfinite(value.value) &&
        std::find(names.begin(), names.end(), value.name) == names.end())
      names.push_back(value.name);
}

}  // namespace

std::string_view axis_name(XAxis axis) { return axes[static_cast<std::size_t>(axis)].name; }
std::string_view axis_unit(XAxis axis) { return axes[static_cast<std::size_t>(axis)].unit; }

std::optional<XAxis> axis_from_name(std::string_view name) {
  for (const Axis& axis : axes)
    if (axis.name == name) return axis.axis;
  return std::nullopt;
}

std::vector<NamedValue> named_scalars(const IterationRecord& record) {
  std::vector<NamedValue> values = {{"reward", record.reward}};
  for (const NamedValue& reward : record.reward_by_name)
    values.push_back({"reward." + reward.name, reward.value});
  for (const Column& column : columns) values.push_back({column.name, column.value(record)});
  for (std::size_t depth = 0; depth < record.advantage_std_by_depth.size(); ++depth)
    values.push_back(
        {"advantage_std." + std::to_string(depth), record.advantage_std_by_depth[depth]});
  return values;
}

std::vector<NamedValue> named_scalars(const EvaluationRecord& record) {
  std::vector<NamedValue> values = {{"evaluation.reward", record.reward}};
  for (const NamedValue& reward : record.reward_by_name)
    values.push_back({"evaluation.reward." + reward.name, reward.value});
  for (const NamedValue& metric : record.metrics)
    values.push_back({"evaluation." + metric.name, metric.value});
  values.push_back({"evaluation.diversity", record.diversity});
  return values;
}

std::vector<std::string> metric_names(const RunScalars& run) {
  std::vector<std::string> names;
  for (const IterationRecord& record : run.iterations) add_names(names, named_scalars(record));
  for (const EvaluationRecord& record : run.evaluations) add_names(names, named_scalars(record));
  return names;
}

Series metric_series(const RunScalars& run, std::string_view metric, XAxis axis) {
  if (metric.starts_with("evaluation.")) return evaluation_series(run, metric, axis);
  Series series;
  double x = 0;
  for (const IterationRecord& record : run.iterations) {
    x += spent(record, axis);
    add_point(series, axis == XAxis::iteration ? record.iteration : x, scalar(record, metric));
  }
  return series;
}

double axis_place(const RunScalars& run, std::int32_t iteration, XAxis axis) {
  if (axis == XAxis::iteration) return iteration;
  double x = 0;
  for (const IterationRecord& record : run.iterations)
    if (record.iteration < iteration) x += spent(record, axis);
  return x;
}

Series smoothed(const Series& series, int points) {
  Series result = series;
  const std::size_t most = static_cast<std::size_t>(std::max(points, 1));
  for (std::size_t at = 0; at < series.y.size(); ++at) {
    const std::size_t first = at + 1 > most ? at + 1 - most : 0;
    double sum = 0;
    for (std::size_t i = first; i <= at; ++i) sum += series.y[i];
    result.y[at] = sum / static_cast<double>(at + 1 - first);
  }
  return result;
}

}  // namespace treegrpo
