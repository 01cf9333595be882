#include "compare/spread.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/noise_key.h"

namespace treegrpo {

double mean_of(std::span<const double> values) {
  if (values.empty()) return no_value;
  return std::accumulate(values.begin(), values.end(), 0.) / static_cast<double>(values.size());
}

double sample_deviation(std::span<const double> values) {
  if (values.size() < 2) return no_value;
  const double mean = mean_of(values);
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

double standard_error(std::span<const double> values) {
  return sample_deviation(values) / std::sqrt(static_cast<double>(values.size()));
}

double quantile(std::vector<double> values, double fraction) {
  if (values.empty()) return no_value;
  const double place = fraction * static_cast<double>(values.size() - 1);
  const std::size_t below = static_cast<std::size_t>(place);
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(below);
  std::nth_element(values.begin(), at, values.end());
  const double low = *at;
  const double part = place - static_cast<double>(below);
  if (part == 0) return low;
  const double high = *std::min_element(at + 1, values.end());
  return low == high ? low : low + part * (high - low);  // two infinities have no difference
}

std::vector<std::uint32_t> bootstrap_indices(std::size_t n, std::uint64_t stream) {
  std::vector<std::uint32_t> indices(bootstrap_resamples * n);
  std::uint64_t word = mix64(stream);
  for (std::uint32_t& index : indices)
    index = static_cast<std::uint32_t>(((mix64(word++) >> 32) * n) >> 32);
  return indices;
}

Interval percentile_interval(std::vector<double> values) {
  const double tail = (1 - bootstrap_confidence) / 2;
  return {.low = quantile(values, tail), .high = quantile(values, 1 - tail)};
}

Interval BootstrapMeans::interval(std::span<const double> values) {
  const std::size_t n = values.size();
  if (n < 2) return {};
  std::vector<std::uint32_t>& indices = indices_[n];
  if (indices.empty()) indices = bootstrap_indices(n);
  means_.resize(bootstrap_resamples);
  for (std::size_t resample = 0; resample < means_.size(); ++resample) {
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) sum += values[indices[resample * n + i]];
    means_[resample] = sum / static_cast<double>(n);
  }
  return percentile_interval(means_);
}

}  // namespace treegrpo
