#include "compare/mean_curve.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace treegrpo {
namespace {

constexpr std::array<std::pair<Band, std::string_view>, 4> bands = {
    {{Band::standard_error, "se"},
     {Band::deviation, "std"},
     {Band::range, "range"},
     {Band::bootstrap, "bootstrap"}}};

std::vector<double> all_places(std::span<const Series> runs) {
  std::vector<double> places;
  for (const Series& run : runs) places.insert(places.end(), run.x.begin(), run.x.end());
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

// The values of a run at ascending places.
std::vector<double> values_at(const Series& run, const std::vector<double>& places,
                              bool interpolated) {
  std::vector<double> values(places.size(), no_value);
  std::size_t next = 0;  // first point of the run at or behind the place
  for (std::size_t at = 0; at < places.size(); ++at) {
    const double x = places[at];
    while (next < run.x.size() && run.x[next] < x) ++next;
    if (next == run.x.size()) break;
    if (run.x[next] == x) {
      while (next + 1 < run.x.size() && run.x[next + 1] == x) ++next;  // the latest one counts
      values[at] = run.y[next];
    } else if (interpolated && next > 0) {
      const double part = (x - run.x[next - 1]) / (run.x[next] - run.x[next - 1]);
      values[at] = run.y[next - 1] + part * (run.y[next] - run.y[next - 1]);
    }
  }
  return values;
}

Interval around(double mean, double half) { return {.low = mean - half, .high = mean + half}; }

Interval band_of(const std::vector<double>& values, double mean, Band band,
                 BootstrapMeans& bootstrap) {
  if (values.size() < 2) return {};
  switch (band) {
    case Band::standard_error:
      return around(mean, standard_error(values));
    case Band::deviation:
      return around(mean, sample_deviation(values));
    case Band::range:
      return {.low = *std::min_element(values.begin(), values.end()),
              .high = *std::max_element(values.begin(), values.end())};
    case Band::bootstrap:
      break;
  }
  return bootstrap.interval(values);
}

}  // namespace

std::string_view band_name(Band band) { return bands[static_cast<std::size_t>(band)].second; }

std::optional<Band> band_from_name(std::string_view name) {
  for (const auto& [band, known] : bands)
    if (known == name) return band;
  return std::nullopt;
}

double value_at(const Series& run, double x, XAxis axis) {
  return values_at(run, {x}, axis != XAxis::iteration).front();
}

AlignedRuns align(std::span<const Series> runs, XAxis axis) {
  AlignedRuns aligned{.x = all_places(runs), .y = {}};
  for (const Series& run : runs)
    aligned.y.push_back(values_at(run, aligned.x, axis != XAxis::iteration));
  return aligned;
}

MeanCurve mean_curve(const AlignedRuns& runs, Band band) {
  MeanCurve curve;
  BootstrapMeans bootstrap;
  std::vector<double> values;
  for (std::size_t at = 0; at < runs.x.size(); ++at) {
    values.clear();
    for (const std::vector<double>& run : runs.y)
      if (!std::isnan(run[at])) values.push_back(run[at]);
    if (values.empty()) continue;
    const double mean = mean_of(values);
    const Interval limits = band_of(values, mean, band, bootstrap);
    curve.x.push_back(runs.x[at]);
    curve.mean.push_back(mean);
    curve.low.push_back(limits.low);
    curve.high.push_back(limits.high);
    curve.n.push_back(static_cast<int>(values.size()));
  }
  return curve;
}

}  // namespace treegrpo
