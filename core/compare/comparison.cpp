#include "compare/comparison.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "compare/comparison_remarks.h"

namespace treegrpo {
namespace {

constexpr std::size_t most_label_keys = 3;

std::vector<RunParameters> parameters_of(std::span<const ComparedRun> runs) {
  std::vector<RunParameters> parameters;
  for (const ComparedRun& run : runs)
    parameters.push_back({.entries = config_entries(run.config), .changes = run.changes});
  return parameters;
}

std::vector<ConfigDifference> config_differences(const std::vector<RunParameters>& parameters) {
  std::vector<ConfigEntries> entries;
  for (const RunParameters& run : parameters) entries.push_back(run.entries);
  return config_diff(entries, {.differences_only = true, .ignored = {"run.name"}});
}

// The method of a group's first run, and the keys by which groups differ among themselves.
std::string label_of(const ComparedGroup& group, const Comparison& comparison,
                     std::span<const ComparedRun> runs) {
  std::string label = runs[group.runs.front()].config.method.name;
  std::size_t shown = 0;
  for (const ConfigDifference& row : comparison.config) {
    if (row.key == "method.name" || shown == most_label_keys) continue;
    const auto value = [&](std::size_t run) -> const auto& { return row.values[run]; };
    const bool one_value = std::all_of(group.runs.begin(), group.runs.end(), [&](std::size_t run) {
      return value(run) == value(group.runs.front());
    });
    if (!one_value || !value(group.runs.front())) continue;
    if (comparison.groups.size() < 2) continue;
    label += " " + row.key + "=" + value_text(*value(group.runs.front()));
    ++shown;
  }
  return label;
}

// The last place where every run of the group has a value.
std::optional<double> common_end(const AlignedRuns& runs) {
  for (std::size_t at = runs.x.size(); at-- > 0;)
    if (std::none_of(runs.y.begin(), runs.y.end(),
                     [at](const std::vector<double>& run) { return std::isnan(run[at]); }))
      return runs.x[at];
  return std::nullopt;
}

GroupPoint point_of(const std::vector<Series>& series, const AlignedRuns& aligned,
                    const ComparisonOptions& options) {
  const std::optional<double> x = options.at ? options.at : common_end(aligned);
  GroupPoint point;
  if (!x) return point;
  point.x = *x;
  AlignedRuns there{.x = {*x}, .y = {}};
  for (const Series& run : series) there.y.push_back({value_at(run, *x, options.axis)});
  const MeanCurve curve = mean_curve(there, options.band);
  if (curve.x.empty()) return point;
  return {*x, curve.mean[0], curve.low[0], curve.high[0], curve.n[0]};
}

ComparedGroup group_of(std::vector<std::size_t> members, std::span<const ComparedRun> runs,
                       const ComparisonOptions& options) {
  ComparedGroup group;
  group.runs = std::move(members);
  std::vector<Series> series;
  for (const std::size_t run : group.runs) {
    Series measured = metric_series(runs[run].scalars, options.metric, options.axis);
    if (measured.x.empty()) continue;
    group.measured.push_back(run);
    series.push_back(smoothed(measured, options.smooth));
  }
  group.aligned = align(series, options.axis);
  group.curve = mean_curve(group.aligned, options.band);
  group.point = point_of(series, group.aligned, options);
  if (options.target && !series.empty())
    group.reached = time_to_target(group.aligned, *options.target);
  return group;
}

// Throws unless a run has the metric.
void require_metric(std::span<const ComparedRun> runs, const std::string& metric) {
  std::vector<std::string> known;
  for (const ComparedRun& run : runs)
    for (std::string& name : metric_names(run.scalars))
      if (std::find(known.begin(), known.end(), name) == known.end())
        known.push_back(std::move(name));
  if (std::find(known.begin(), known.end(), metric) != known.end()) return;
  if (known.empty())
    throw Error("there is nothing to compare: the runs have no iteration yet", ErrorKind::usage);
  std::string list;
  for (const std::string& name : known) list += (list.empty() ? "" : ", ") + name;
  throw Error("none of the runs has the metric '" + metric + "'; they have " + list,
              ErrorKind::usage);
}

}  // namespace

Comparison compare_runs(std::span<const ComparedRun> runs, const ComparisonOptions& options) {
  if (runs.empty()) throw Error("there is no run to compare", ErrorKind::usage);
  require_metric(runs, options.metric);
  const std::vector<RunParameters> parameters = parameters_of(runs);
  Comparison comparison;
  comparison.config = config_differences(parameters);
  std::vector<const RunParameters*> grouped;
  for (const RunParameters& run : parameters) grouped.push_back(&run);
  for (std::vector<std::size_t>& members : group_runs(grouped, options.grouping)) {
    ComparedGroup group = group_of(std::move(members), runs, options);
    group.letter = group_letter(comparison.groups.size());
    comparison.groups.push_back(std::move(group));
  }
  for (ComparedGroup& group : comparison.groups) {
    const ComparedGroup& first = comparison.groups.front();
    if (options.target && &group != &first && !group.measured.empty() && !first.measured.empty())
      group.sooner = target_ratio(group.aligned, first.aligned, *options.target);
    group.label = label_of(group, comparison, runs);
    group.remarks = group_remarks(group, runs, options);
  }
  comparison.remarks = comparison_remarks(comparison, runs, options);
  return comparison;
}

}  // namespace treegrpo
