#include "canvas/curve_drawing.h"

#include <algorithm>
#include <cmath>

#include "canvas/curve_frame.h"
#include "canvas/curve_part.h"
#include "canvas/marks.h"
#include "canvas/number_text.h"
#include "canvas/run_look.h"
#include "canvas/text_width.h"

namespace treegrpo {
namespace {

constexpr float raw_width = .8f, raw_share = .4f;  // of a line that has a smooth one above it
constexpr float line_width = 1.75f, main_width = 2;
constexpr float band_share = .13f;
constexpr float label_height = 13;
constexpr float tick_height = 7;  // of a mark on the axis

class CurvePainter {
 public:
  CurvePainter(CurvePlot plot, float width, float height, const Theme& theme)
      : plot_(std::move(plot)), theme_(theme), frame_(curveFrame(plot_, width, height)) {
    drawing_.extent = {0, 0, width, height};
  }

  Drawing draw() {
    addAxes(frame_, plot_.name_x ? plot_.x_label : "", theme_, drawing_);
    addTitle(frame_, plot_.title, plot_.caption, theme_, drawing_);
    addHits();
    addReference();
    for (const CurveSeries& series : plot_.series) addBand(series);
    addCurrent();
    for (std::size_t i = plot_.series.size(); i-- > 0;) addSeries(plot_.series[i]);
    addMarks();
    addEnds();
    addCrosshair();
    return std::move(drawing_);
  }

 private:
  Color colorOf(const CurveSeries& series) const {
    if (series.run >= 0) return runColor(theme_, static_cast<std::size_t>(series.run));
    switch (series.color) {
      case CurveColor::strong:
        return theme_.text;
      case CurveColor::second:
        return theme_.text2;
      case CurveColor::faint:
        break;
    }
    return theme_.neutral;
  }

  Point place(const CurveSeries& series, std::size_t at, double y) const {
    return {frame_.xOf(series.x[at]), frame_.yOf(series.scale * y)};
  }

  void text(Point at, std::string words, Color color, TextAlign align, TextRole role) {
    drawing_.items.emplace_back(
        TextItem{at, std::move(words), color, role, align, false, theme_.canvas});
  }

  void addHits() {
    const Box& area = frame_.area;
    drawing_.hits.push_back({area, HitKind::step, 0});
    drawing_.hits.push_back({{0, 0, drawing_.extent.width, area.top - 2}, HitKind::legend, -1});
  }

  void addReference() {
    if (!std::isfinite(plot_.reference_y)) return;
    const float y = frame_.yOf(plot_.reference_y);
    drawing_.items.emplace_back(
        LineItem{{frame_.area.left, y}, {frame_.area.right(), y}, {theme_.text, 1.25f, {{1, 3}}}});
  }

  void addBand(const CurveSeries& series) {
    if (!hasBand(series)) return;
    std::vector<Point> over, under;
    const auto flush = [&] {
      if (over.size() > 1) {
        over.insert(over.end(), under.rbegin(), under.rend());
        drawing_.items.emplace_back(PolygonItem{over, faded(colorOf(series), band_share), {}});
      }
      over.clear();
      under.clear();
    };
    for (std::size_t i = 0; i < series.y.size(); ++i) {
      if (!std::isfinite(series.band.low[i]) || !std::isfinite(series.band.high[i])) {
        flush();
        continue;
      }
      over.push_back(place(series, i, series.band.high[i]));
      under.push_back(place(series, i, series.band.low[i]));
    }
    flush();
  }

  // What the rest of the window shows: a line with a tip at its foot.
  void addCurrent() {
    if (!(plot_.current_x >= frame_.x.least && plot_.current_x <= frame_.x.most)) return;
    const float x = frame_.xOf(plot_.current_x);
    const Box& area = frame_.area;
    drawing_.items.emplace_back(
        LineItem{{x, area.top}, {x, area.bottom()}, {faded(theme_.ring, .3f), 1, {}}});
    drawing_.items.emplace_back(signMark({x, area.bottom() - 3}, 4, true, theme_.ring));
  }

  void addSeries(const CurveSeries& series) {
    if (!hasValues(series)) return;
    if (series.shape == CurveShape::bars) return addBars(series);
    const bool smooth = series.smooth && plot_.smoothing > 0 && series.y.size() > 2;
    const Color color = colorOf(series);
    if (series.background)
      return addLine(series, series.y, {faded(color, raw_share), raw_width, series.dash});
    const float width = series.color == CurveColor::strong ? main_width : line_width;
    if (smooth) addLine(series, series.y, {faded(color, raw_share), raw_width, {}});
    addLine(series, smooth ? smoothed(series.y, plot_.smoothing) : series.y,
            {color, width, series.dash});
    for (std::size_t i = 0; i < series.y.size(); ++i) addBroken(series, i);
  }

  // Unbroken runs as lines, a run of one point as a dot.
  void addLine(const CurveSeries& series, const std::vector<double>& values, const Pen& pen) {
    std::vector<Point> points;
    const auto flush = [&] {
      if (points.size() == 1)
        drawing_.items.emplace_back(CircleItem{points[0], pen.width, pen.color, {}});
      if (points.size() > 1) drawing_.items.emplace_back(PolylineItem{thinned(points), pen});
      points.clear();
    };
    for (std::size_t i = 0; i < values.size(); ++i)
      std::isfinite(values[i]) ? points.push_back(place(series, i, values[i])) : flush();
    flush();
  }

  // Of the points that share a column of pixels the first, lowest, highest and last: a long run
  // looks the same and costs what a short one does.
  static std::vector<Point> thinned(const std::vector<Point>& points) {
    std::vector<Point> kept;
    for (std::size_t from = 0; from < points.size();) {
      std::size_t to = from + 1, low = from, high = from;
      for (; to < points.size() && std::floor(points[to].x) == std::floor(points[from].x); ++to) {
        if (points[to].y < points[low].y) low = to;
        if (points[to].y > points[high].y) high = to;
      }
      std::size_t picks[] = {from, low, high, to - 1};
      std::sort(std::begin(picks), std::end(picks));
      const auto end = std::unique(std::begin(picks), std::end(picks));
      for (auto pick = std::begin(picks); pick != end; ++pick) kept.push_back(points[*pick]);
      from = to;
    }
    return kept;
  }

  void addBars(const CurveSeries& series) {
    const double half = .4 * spacing(series);
    const std::size_t last = lastValue(series);
    for (std::size_t i = 0; i < series.y.size(); ++i) {
      if (!std::isfinite(series.y[i])) {
        addBroken(series, i);
        continue;
      }
      if (series.y[i] == 0) continue;
      const float left = frame_.xOf(series.x[i] - half), right = frame_.xOf(series.x[i] + half);
      const float foot = frame_.yOf(0), tip = frame_.yOf(series.scale * series.y[i]);
      const Box bar{left, std::min(foot, tip), std::max(.5f, right - left),
                    std::max(.6f, std::abs(foot - tip))};
      drawing_.items.emplace_back(
          BoxItem{bar, i == last ? theme_.live : faded(theme_.text2, .85f), {}});
    }
  }

  // A diamond on the axis where a number ought to be.
  void addBroken(const CurveSeries& series, std::size_t at) {
    const double value = series.y[at];
    if (std::isfinite(value) || (std::isnan(value) && series.may_lack)) return;
    const float x = frame_.xOf(series.x[at]), y = frame_.area.bottom();
    drawing_.items.emplace_back(PolygonItem{
        {{x - 4, y}, {x, y - 4}, {x + 4, y}, {x, y + 4}}, theme_.error, {theme_.canvas, 1, {}}});
  }

  void addMarks() {
    float free_from = 0;
    for (std::size_t i = 0; i < plot_.marks.size(); ++i) {
      const CurveMark& mark = plot_.marks[i];
      if (!(mark.x >= frame_.x.least && mark.x <= frame_.x.most)) continue;
      const Box& area = frame_.area;
      const float x = frame_.xOf(mark.x), top = area.top - 4;
      if (mark.shape == MarkShape::tick) {
        addTick(x, mark, i);
        continue;
      }
      drawing_.items.emplace_back(
          LineItem{{x, top}, {x, area.bottom()}, {theme_.warning, 1, {{2, 2}}}});
      drawing_.hits.push_back(
          {{x - 4, top, 8, area.height + 4}, HitKind::badge, static_cast<std::int32_t>(i)});
      if (x < free_from) continue;  // its words are in its tooltip
      const float length = textWidth(mark.label, TextRole::caption);
      const float room = drawing_.extent.width - x - 4;
      const bool after = length <= room || room > x;
      const std::string words = fitted(mark.label, after ? room : x - 4);
      text({after ? x + 4 : x - 4, area.top + 3}, words, theme_.warning,
           after ? TextAlign::left : TextAlign::right, TextRole::caption);
      free_from = x + 4 + length;
    }
  }

  // Up from the axis.
  void addTick(float x, const CurveMark& mark, std::size_t at) {
    const float bottom = frame_.area.bottom();
    const Color color =
        mark.run < 0 ? theme_.text2 : runColor(theme_, static_cast<std::size_t>(mark.run));
    drawing_.items.emplace_back(LineItem{{x, bottom - tick_height}, {x, bottom}, {color, 2, {}}});
    drawing_.hits.push_back({{x - 3, bottom - tick_height - 2, 6, tick_height + 4},
                             HitKind::badge,
                             static_cast<std::int32_t>(at)});
  }

  struct End {
    std::size_t series;
    Point point;
    float y;
  };

  // The newest value of the run in progress stands out; compared runs keep their colours.
  Color endColor(const CurveSeries& series, std::size_t at) const {
    return at == 0 && series.run < 0 ? theme_.live : colorOf(series);
  }

  // A dot at each last value; the numbers beside them make room for each other.
  void addEnds() {
    std::vector<End> ends;
    for (std::size_t i = 0; i < plot_.series.size(); ++i) {
      const CurveSeries& series = plot_.series[i];
      if (!hasValues(series) || series.background) continue;
      const std::size_t last = lastValue(series);
      const Point point = place(series, last, series.y[last]);
      ends.push_back({i, point, point.y});
      if (series.shape == CurveShape::line)
        drawing_.items.emplace_back(
            CircleItem{point, i == 0 ? 4.f : 3.f, endColor(series, i), {theme_.canvas, 1.2f, {}}});
    }
    std::sort(ends.begin(), ends.end(), [](const End& a, const End& b) { return a.y < b.y; });
    const float least = frame_.area.top, most = frame_.area.bottom() - 4;
    for (std::size_t i = 0; i < ends.size(); ++i)
      ends[i].y = std::max(ends[i].y, i ? ends[i - 1].y + label_height : least);
    for (std::size_t i = ends.size(); i-- > 0;)
      ends[i].y = std::min(ends[i].y, i + 1 < ends.size() ? ends[i + 1].y - label_height : most);
    for (const End& end : ends) addEndLabel(end);
  }

  void addEndLabel(const End& end) {
    const CurveSeries& series = plot_.series[end.series];
    const std::string words = endText(series);
    const float x = end.point.x + 8;
    const bool strong = series.color == CurveColor::strong;
    const Color grey = strong ? theme_.text : theme_.text2;
    // With a rim: of a curve of one point the grid goes on behind its number.
    drawing_.items.emplace_back(TextItem{{x, end.y},
                                         words,
                                         series.run < 0 ? grey : colorOf(series),
                                         strong ? TextRole::caption_medium : TextRole::caption,
                                         TextAlign::left,
                                         false,
                                         theme_.canvas});
    drawing_.hits.push_back({{x - 2, end.y - label_height / 2,
                              textWidth(words, TextRole::caption_medium) + 4, label_height},
                             HitKind::legend,
                             static_cast<std::int32_t>(end.series)});
  }

  void addCrosshair() {
    if (!(plot_.hover_x >= frame_.x.least && plot_.hover_x <= frame_.x.most)) return;
    const float x = frame_.xOf(plot_.hover_x);
    const Box& area = frame_.area;
    drawing_.items.emplace_back(LineItem{{x, area.top}, {x, area.bottom()}, {theme_.text2, 1, {}}});
    std::vector<std::string> lines = {plot_.x_label + " " + xText()};
    for (const CurveSeries& series : plot_.series) addReading(series, lines);
    addCard(x, lines);
  }

  std::string xText() const {
    const bool whole = plot_.hover_x == std::round(plot_.hover_x);
    return fixedText(plot_.hover_x, whole ? 0 : 2);
  }

  // The value of a series at the crosshair, where it has a point there or may read between two.
  void addReading(const CurveSeries& series, std::vector<std::string>& lines) {
    if (!hasValues(series) || series.background) return;
    const auto found = std::lower_bound(series.x.begin(), series.x.end(), plot_.hover_x);
    if (found == series.x.end()) return;
    const auto at = static_cast<std::size_t>(found - series.x.begin());
    const bool between = *found != plot_.hover_x;
    if (between && !(series.interpolate && at > 0)) return;
    const double value = between ? valueBetween(series, at) : series.y[at];
    if (between && std::isnan(value)) return;
    lines.push_back(series.name + (between ? " ~" : " ") +
                    (std::isnan(value) ? "NaN" : valueText(series, value)) +
                    (between ? "" : bandText(series, at)));
    if (!std::isfinite(value) || series.shape != CurveShape::line) return;
    const Point point{frame_.xOf(plot_.hover_x), frame_.yOf(series.scale * value)};
    drawing_.items.emplace_back(CircleItem{point, 3, colorOf(series), {theme_.canvas, 1.2f, {}}});
  }

  // On the straight line from the point before `at` to it.
  double valueBetween(const CurveSeries& series, std::size_t at) const {
    const double share = (plot_.hover_x - series.x[at - 1]) / (series.x[at] - series.x[at - 1]);
    return std::lerp(series.y[at - 1], series.y[at], share);
  }

  // " ± 0.01" where the band reaches as far up as down, else " (0.61 to 0.64)".
  static std::string bandText(const CurveSeries& series, std::size_t at) {
    if (!hasBand(series) || !std::isfinite(series.y[at])) return {};
    const double low = series.band.low[at], high = series.band.high[at];
    if (!std::isfinite(high - low)) return {};
    const double up = high - series.y[at], down = series.y[at] - low;
    if (std::abs(up - down) <= 1e-9 * (std::abs(high) + std::abs(low)))
      return " ± " + valueText(series, up);
    return " (" + valueText(series, low) + " to " + valueText(series, high) + ")";
  }

  void addCard(float x, const std::vector<std::string>& lines) {
    float width = 0;
    for (const std::string& line : lines)
      width = std::max(width, textWidth(line, TextRole::caption));
    width += 14;
    const float height = 8 + 15 * static_cast<float>(lines.size());
    const bool right = x + 8 + width <= drawing_.extent.width;
    const Box card{right ? x + 8 : std::max(0.f, x - 8 - width), frame_.area.top + 2, width,
                   height};
    drawing_.items.emplace_back(BoxItem{card, theme_.panel, {theme_.border, 1, {}}, 3});
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const Point at{card.left + 7, card.top + 11 + 15 * static_cast<float>(i)};
      drawing_.items.emplace_back(TextItem{at, lines[i], i == 0 ? theme_.text2 : theme_.text,
                                           TextRole::caption, TextAlign::left, false, no_color});
    }
  }

  const CurvePlot plot_;
  const Theme& theme_;
  PlotFrame frame_;
  Drawing drawing_;
};

}  // namespace

CurveBand bandAround(const std::vector<double>& values, const std::vector<double>& half) {
  CurveBand band;
  for (std::size_t i = 0; i < values.size(); ++i) {
    band.low.push_back(values[i] - half[i]);
    band.high.push_back(values[i] + half[i]);
  }
  return band;
}

std::vector<double> smoothed(const std::vector<double>& values, double weight) {
  std::vector<double> result(values.size(), no_value);
  double held = no_value;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i])) continue;
    held = std::isnan(held) ? values[i] : weight * held + (1 - weight) * values[i];
    result[i] = held;
  }
  return result;
}

Drawing curveDrawing(const CurvePlot& plot, float width, float height, const Theme& theme) {
  return CurvePainter(shownPart(plot), width, height, theme).draw();
}

double nearestX(const CurvePlot& whole, float width, float height, Point place) {
  const CurvePlot plot = shownPart(whole);
  const PlotFrame frame = curveFrame(plot, width, height);
  if (!grown(frame.area, 6).contains(place)) return no_value;
  double nearest = no_value;
  for (const CurveSeries& series : plot.series) {
    if (!hasValues(series)) continue;
    for (const double x : series.x) {
      const float away = std::abs(frame.xOf(x) - place.x);
      if (std::isnan(nearest) || away < std::abs(frame.xOf(nearest) - place.x)) nearest = x;
    }
  }
  return nearest;
}

std::string valueText(const CurveSeries& series, double value) {
  return series.decimals < 0 ? shortText(value) : fixedText(value, series.decimals);
}

}  // namespace treegrpo
