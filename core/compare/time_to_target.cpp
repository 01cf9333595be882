#include "compare/time_to_target.h"

#include <cmath>
#include <cstddef>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace treegrpo {
namespace {

// The places where every run has a value.
AlignedRuns complete_places(const AlignedRuns& runs) {
  AlignedRuns complete{.x = {}, .y = std::vector<std::vector<double>>(runs.y.size())};
  for (std::size_t at = 0; at < runs.x.size(); ++at) {
    bool all = true;
    for (const std::vector<double>& run : runs.y) all = all && !std::isnan(run[at]);
    if (!all) continue;
    complete.x.push_back(runs.x[at]);
    for (std::size_t run = 0; run < runs.y.size(); ++run)
      complete.y[run].push_back(runs.y[run][at]);
  }
  return complete;
}

// Of the mean over the runs named by their indices, of which some may be there twice.
double first_reached(const AlignedRuns& complete, std::span<const std::uint32_t> chosen,
                     const Target& target) {
  for (std::size_t at = 0; at < complete.x.size(); ++at) {
    double sum = 0;
    for (const std::uint32_t run : chosen) sum += complete.y[run][at];
    const double mean = sum / static_cast<double>(chosen.size());
    if (target.falling ? mean <= target.value : mean >= target.value) return complete.x[at];
  }
  return not_reached;
}

std::vector<std::uint32_t> each_once(const AlignedRuns& runs) {
  std::vector<std::uint32_t> chosen(runs.y.size());
  std::iota(chosen.begin(), chosen.end(), 0U);
  return chosen;
}

double ratio_of(double group, double reference) {
  if (std::isinf(group)) return std::isinf(reference) ? no_value : 0;
  if (group == reference) return 1;  // both at 0 too
  return reference / group;
}

}  // namespace

double time_to_target(const AlignedRuns& runs, const Target& target) {
  return first_reached(complete_places(runs), each_once(runs), target);
}

TargetRatio target_ratio(const AlignedRuns& group, const AlignedRuns& reference,
                         const Target& target) {
  const AlignedRuns a = complete_places(group);
  const AlignedRuns b = complete_places(reference);
  TargetRatio result;
  result.ratio =
      ratio_of(first_reached(a, each_once(a), target), first_reached(b, each_once(b), target));
  const std::size_t n = a.y.size();
  const std::size_t m = b.y.size();
  if (n < 2 || m < 2) return result;
  const std::vector<std::uint32_t> of_a = bootstrap_indices(n, 0);
  const std::vector<std::uint32_t> of_b = bootstrap_indices(m, 1);
  std::vector<double> ratios;
  for (std::size_t resample = 0; resample < bootstrap_resamples; ++resample) {
    const double ratio =
        ratio_of(first_reached(a, std::span(of_a).subspan(resample * n, n), target),
                 first_reached(b, std::span(of_b).subspan(resample * m, m), target));
    if (std::isnan(ratio))
      ++result.undecided;
    else
      ratios.push_back(ratio);
  }
  result.interval = percentile_interval(std::move(ratios));
  return result;
}

}  // namespace treegrpo
