#include "canvas/curve_frame.h"

#include <algorithm>
#include <cmath>

#include "canvas/text_width.h"
#include "canvas/tree_figures.h"

namespace treegrpo {
namespace {

constexpr float least_side = 20;

void include(Range& range, double value) {
  if (!std::isfinite(value)) return;
  range.least = range.none() ? value : std::min(range.least, value);
  range.most = std::isnan(range.most) ? value : std::max(range.most, value);
}

Range rangeOfX(const CurvePlot& plot) {
  if (plot.from_x < plot.to_x) return {plot.from_x, plot.to_x};
  Range range;
  for (const CurveSeries& series : plot.series) {
    if (!hasValues(series)) continue;
    const double half = series.shape == CurveShape::bars ? spacing(series) / 2 : 0;
    for (const double x : series.x) {
      include(range, x - half);
      include(range, x + half);
    }
  }
  return range.none() ? Range{0, 1} : range;
}

Range rangeOfY(const CurvePlot& plot) {
  Range range;
  for (const CurveSeries& series : plot.series) {
    for (const double y : series.y) include(range, series.scale * y);
    for (const double y : series.band.low) include(range, series.scale * y);
    for (const double y : series.band.high) include(range, series.scale * y);
    if (series.shape == CurveShape::bars) include(range, 0);
  }
  include(range, plot.reference_y);
  if (plot.from_zero) include(range, 0);
  if (range.least == 0 && range.most == 0) range.most = 1;  // nothing yet of what counts up
  return range.none() ? Range{0, 1} : range;
}

// Whether all its numbers are whole, so that half a tick would say nothing.
bool countsOnly(const CurvePlot& plot) {
  return !plot.series.empty() &&
         std::all_of(plot.series.begin(), plot.series.end(),
                     [](const CurveSeries& series) { return series.decimals == 0; });
}

}  // namespace

bool hasValues(const CurveSeries& series) { return lastValue(series) < series.y.size(); }

bool hasBand(const CurveSeries& series) {
  return !series.y.empty() && series.band.low.size() == series.y.size() &&
         series.band.high.size() == series.y.size();
}

std::size_t lastValue(const CurveSeries& series) {
  for (std::size_t i = std::min(series.x.size(), series.y.size()); i-- > 0;)
    if (std::isfinite(series.y[i])) return i;
  return series.y.size();
}

std::string endText(const CurveSeries& series) {
  if (!series.end_number) return series.right_label;
  const std::string number = valueText(series, series.y[lastValue(series)]);
  return series.right_label.empty() ? number : series.right_label + " " + number;
}

double spacing(const CurveSeries& series) {
  double least = 0;
  for (std::size_t i = 1; i < series.x.size(); ++i) {
    const double gap = series.x[i] - series.x[i - 1];
    if (gap > 0 && (least == 0 || gap < least)) least = gap;
  }
  return least > 0 ? least : 1;
}

PlotFrame curveFrame(const CurvePlot& plot, float width, float height) {
  float ends = 0;
  for (const CurveSeries& series : plot.series)
    if (hasValues(series) && !series.background)
      ends = std::max(ends, textWidth(endText(series), TextRole::caption_medium));
  PlotFrame frame;
  const Range x = rangeOfX(plot), y = rangeOfY(plot);
  frame.y = niceScale(y.least, y.most, height > 130 ? 5 : 4);
  if (countsOnly(plot)) frame.y.step = std::max(1., frame.y.step);
  const float left = tickRoom(frame.y);
  const float right = std::max(12.f, ends + 16);
  frame.area = {left, title_height, std::max(least_side, width - left - right),
                std::max(least_side, height - title_height - ticks_height)};
  frame.x = tightScale(x.least, x.most, std::max(2, static_cast<int>(frame.area.width / 40)));
  return frame;
}

}  // namespace treegrpo
