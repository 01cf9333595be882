// Means over seeds and how far they may be trusted: deviations, quantiles, and the bootstrap with
// a stream of resamples that is the same on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "record/tree_record.h"

namespace treegrpo {

double mean_of(std::span<const double> values);  // no_value of none

// Of a sample: divided by n - 1. no_value below two values.
double sample_deviation(std::span<const double> values);
// Of the mean: the sample deviation over the root of n.
double standard_error(std::span<const double> values);

// Between the two nearest of the sorted values, linearly (Hyndman and Fan's type 7); infinite
// values may stand at the ends. fraction in [0, 1]. no_value of none.
double quantile(std::vector<double> values, double fraction);

struct Interval {
  double low = no_value;
  double high = no_value;

  bool operator==(const Interval&) const = default;
};

inline constexpr int bootstrap_resamples = 2000;
inline constexpr double bootstrap_confidence = .95;

// The n indices of each of bootstrap_resamples resamples of n values, drawn with replacement, one
// resample after another. Word i of a stream is mix64(mix64(stream) + i); its upper 32 bits times
// n, shifted down by 32, are the index. Another stream is drawn independently.
std::vector<std::uint32_t> bootstrap_indices(std::size_t n, std::uint64_t stream = 0);

// The middle bootstrap_confidence of values that were computed from resamples (percentile method).
Interval percentile_interval(std::vector<double> values);

// Intervals of the means of many samples; the resamples of each size are drawn once.
class BootstrapMeans {
 public:
  // Of at least two values; no_value below.
  Interval interval(std::span<const double> values);

 private:
  std::map<std::size_t, std::vector<std::uint32_t>> indices_;
  std::vector<double> means_;
};

}  // namespace treegrpo
