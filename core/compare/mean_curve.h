// Series of several runs on one grid, and their mean with a band. At every point it is said over
// how many runs the mean is; no value is made up where a run has none.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "compare/scalars.h"
#include "compare/spread.h"

namespace treegrpo {

// Runs on one grid: every x that one of them has, ascending.
struct AlignedRuns {
  std::vector<double> x;
  std::vector<std::vector<double>> y;  // [run][point]; no_value where the run has none
};

// Over iterations a run has a value only where it measured one. Over the other axes, on which no
// two runs stand at the same x, a value between two of its points is interpolated linearly; before
// its first and beyond its last point it has none.
double value_at(const Series& run, double x, XAxis axis);
AlignedRuns align(std::span<const Series> runs, XAxis axis);

// What a band shows: mean ± standard error, mean ± sample deviation, least and greatest run, the
// 95 % interval of the mean by bootstrap over the runs.
enum class Band { standard_error, deviation, range, bootstrap };

// "se", "std", "range", "bootstrap", as --band takes them.
std::string_view band_name(Band band);
std::optional<Band> band_from_name(std::string_view name);

struct MeanCurve {
  std::vector<double> x;
  std::vector<double> mean;
  std::vector<double> low;  // of the band; no_value where n < 2
  std::vector<double> high;
  std::vector<int> n;  // runs with a value at x, at least 1
};

MeanCurve mean_curve(const AlignedRuns& runs, Band band);

}  // namespace treegrpo
