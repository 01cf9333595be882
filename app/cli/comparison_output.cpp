#include "cli/comparison_output.h"

#include <fmt/format.h>

#include <cmath>

namespace treegrpo::cli {
namespace {

Json number(double value) {
  if (std::isnan(value)) return nullptr;
  if (std::isinf(value)) return "not_reached";
  return value;
}

Json numbers(const std::vector<double>& values) {
  Json list = Json::array();
  for (const double value : values) list.push_back(number(value));
  return list;
}

Json names_of(const std::vector<std::size_t>& members, std::span<const ComparedRun> runs) {
  Json names = Json::array();
  for (const std::size_t run : members) names.push_back(runs[run].name);
  return names;
}

Json group_json(const ComparedGroup& group, std::span<const ComparedRun> runs) {
  Json object;
  object["group"] = group.letter;
  object["label"] = group.label;
  object["runs"] = names_of(group.runs, runs);
  object["measured"] = names_of(group.measured, runs);
  object["n"] = group.point.n;
  object["at"] = number(group.point.x);
  object["mean"] = number(group.point.mean);
  object["low"] = number(group.point.low);
  object["high"] = number(group.point.high);
  object["time_to_target"] = number(group.reached);
  object["sooner"] = {{"ratio", number(group.sooner.ratio)},
                      {"low", number(group.sooner.interval.low)},
                      {"high", number(group.sooner.interval.high)},
                      {"undecided", group.sooner.undecided}};
  object["curve"] = {{"x", numbers(group.curve.x)},
                     {"mean", numbers(group.curve.mean)},
                     {"low", numbers(group.curve.low)},
                     {"high", numbers(group.curve.high)},
                     {"n", group.curve.n}};
  object["remarks"] = group.remarks;
  return object;
}

// "missing" where a config has no such key.
std::string shown(const std::optional<FieldValue>& value) {
  return value ? value_text(*value) : "(missing)";
}

std::string place(double value) {
  if (std::isinf(value)) return "not reached";
  return std::isnan(value) ? "–" : fmt::format("{:.6g}", value);
}

std::string group_line(const ComparedGroup& group, const ComparisonOptions& options) {
  std::string line = fmt::format("{} (n = {})  {}: ", group.letter, group.point.n, group.label);
  if (std::isnan(group.point.mean)) return line + "no value\n";
  line += fmt::format("{} {:.4g}", options.metric, group.point.mean);
  if (!std::isnan(group.point.low))
    line += fmt::format(" [{:.4g}, {:.4g}]", group.point.low, group.point.high);
  line += fmt::format(" at {:.6g} {}\n", group.point.x, axis_unit(options.axis));
  return line;
}

std::string target_line(const ComparedGroup& group, const std::string& first,
                        const ComparisonOptions& options) {
  std::string line = fmt::format("{} reaches {} {:g}: {}", group.letter, options.metric,
                                 options.target->value, place(group.reached));
  if (std::isfinite(group.reached)) line += fmt::format(" {}", axis_unit(options.axis));
  const TargetRatio& sooner = group.sooner;
  if (std::isfinite(sooner.ratio) && sooner.ratio > 0) {
    line += fmt::format("; {:.3g} times as soon as {}", sooner.ratio, first);
    if (!std::isnan(sooner.interval.low))
      line += fmt::format(", 95 % interval {} to {}", place(sooner.interval.low),
                          place(sooner.interval.high));
    line += fmt::format(", n = {}", group.measured.size());
  }
  if (sooner.undecided > 0)
    line += fmt::format(" ({} of {} resamples reach it in neither group)", sooner.undecided,
                        bootstrap_resamples);
  return line + "\n";
}

std::string difference_lines(const Comparison& comparison, std::span<const ComparedRun> runs) {
  std::string text;
  for (const ConfigDifference& row : comparison.config) {
    text += fmt::format("  {}:", row.key);
    for (std::size_t run = 0; run < runs.size(); ++run)
      text += fmt::format("{} {} {}", run > 0 ? "," : "", runs[run].name, shown(row.values[run]));
    text += "\n";
  }
  return text;
}

}  // namespace

Json comparison_json(const Comparison& comparison, std::span<const ComparedRun> runs,
                     const ComparisonOptions& options) {
  Json object;
  object["metric"] = options.metric;
  object["x"] = axis_name(options.axis);
  object["band"] = band_name(options.band);
  object["smooth"] = options.smooth;
  object["target"] = options.target ? Json(options.target->value) : Json(nullptr);
  object["groups"] = Json::array();
  for (const ComparedGroup& group : comparison.groups)
    object["groups"].push_back(group_json(group, runs));
  object["config"] = Json::array();
  for (const ConfigDifference& row : comparison.config) {
    Json values = Json::object();
    for (std::size_t run = 0; run < runs.size(); ++run)
      values[runs[run].name] = row.values[run] ? Json(value_text(*row.values[run])) : Json(nullptr);
    object["config"].push_back({{"key", row.key}, {"values", values}});
  }
  object["remarks"] = comparison.remarks;
  return object;
}

std::string comparison_text(const Comparison& comparison, std::span<const ComparedRun> runs,
                            const ComparisonOptions& options) {
  std::string text;
  for (const ComparedGroup& group : comparison.groups) text += group_line(group, options);
  if (options.target)
    for (const ComparedGroup& group : comparison.groups)
      text += target_line(group, comparison.groups.front().letter, options);
  if (!comparison.config.empty())
    text += "Config differences:\n" + difference_lines(comparison, runs);
  std::string remarks;
  for (const ComparedGroup& group : comparison.groups)
    for (const std::string& remark : group.remarks) remarks += "  " + remark + "\n";
  for (const std::string& remark : comparison.remarks) remarks += "  " + remark + "\n";
  return remarks.empty() ? text : text + "To know:\n" + remarks;
}

}  // namespace treegrpo::cli
