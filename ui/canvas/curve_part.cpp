#include "canvas/curve_part.h"

#include <algorithm>
#include <cmath>

#include "canvas/curve_frame.h"

namespace treegrpo {
namespace {

// Takes points of a series over, or places between two of them.
class Cutter {
 public:
  explicit Cutter(const CurveSeries& whole) : whole_(whole), part_(whole) {
    part_.x.clear();
    part_.y.clear();
    part_.band = {};
  }

  CurveSeries between(double from, double to) {
    for (std::size_t i = 0; i < whole_.x.size(); ++i) {
      if (i > 0) addCrossings(i, from, to);
      if (whole_.x[i] >= from && whole_.x[i] <= to) add(i, i, 0, whole_.x[i]);
    }
    return std::move(part_);
  }

 private:
  void addCrossings(std::size_t at, double from, double to) {
    if (whole_.shape == CurveShape::bars) return;
    const double before = whole_.x[at - 1], after = whole_.x[at];
    for (const double edge : {from, to})
      if (before < edge && edge < after) add(at - 1, at, (edge - before) / (after - before), edge);
  }

  void add(std::size_t before, std::size_t after, double share, double x) {
    const auto value = [&](const std::vector<double>& of) {
      return share == 0 ? of[before] : std::lerp(of[before], of[after], share);
    };
    part_.x.push_back(x);
    part_.y.push_back(value(whole_.y));
    if (!hasBand(whole_)) return;
    part_.band.low.push_back(value(whole_.band.low));
    part_.band.high.push_back(value(whole_.band.high));
  }

  const CurveSeries& whole_;
  CurveSeries part_;
};

Range wholeX(CurvePlot plot) {
  plot.from_x = plot.to_x = no_value;
  const AxisScale x = curveFrame(plot, 1, 1).x;
  return {x.least, x.most};
}

// What a plot shows of its axis now.
Range shownX(const CurvePlot& plot) {
  return plot.from_x < plot.to_x ? Range{plot.from_x, plot.to_x} : wholeX(plot);
}

}  // namespace

CurvePlot shownPart(const CurvePlot& plot) {
  if (!(plot.from_x < plot.to_x)) return plot;
  CurvePlot part = plot;
  for (CurveSeries& series : part.series) series = Cutter(series).between(plot.from_x, plot.to_x);
  return part;
}

Range zoomedX(const CurvePlot& plot, double x, double factor) {
  constexpr double most_zoom = 1000;
  const Range now = shownX(plot), whole = wholeX(plot);
  const Range part{std::max(whole.least, x - (x - now.least) / factor),
                   std::min(whole.most, x + (now.most - x) / factor)};
  if (part.least <= whole.least && part.most >= whole.most) return {};
  return (part.most - part.least) * most_zoom < whole.most - whole.least ? now : part;
}

Range movedX(const CurvePlot& plot, double share) {
  if (!(plot.from_x < plot.to_x)) return {};
  const Range now = shownX(plot), whole = wholeX(plot);
  const double by =
      std::clamp(share * (now.most - now.least), whole.least - now.least, whole.most - now.most);
  return {now.least + by, now.most + by};
}

}  // namespace treegrpo
