// Where an axis has its numbers: steps of 1, 2 or 5 times a power of ten, and how they are written.
#pragma once

#include <string>
#include <vector>

namespace treegrpo {

// What an axis spans and the distance of its ticks, which lie at multiples of it.
struct AxisScale {
  double least = 0, most = 1, step = .25;
};

// The scale whose ends are ticks and that holds least to most with about `ticks` ticks, never more
// than two above; anything finite is taken, equal ends get room around them.
AxisScale niceScale(double least, double most, int ticks);

// The same step, but the axis ends at least and most themselves: for an x axis that data fills.
AxisScale tightScale(double least, double most, int ticks);

// The multiples of the step within the scale, rising.
std::vector<double> ticksOf(const AxisScale& scale);

// A tick as its axis writes it: as many decimals as the step has; powers of ten beyond.
std::string tickText(const AxisScale& scale, double value);

}  // namespace treegrpo
