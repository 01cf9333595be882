// Curves on paper: the screen's plot with an axis at the left, the name of x beneath it and a
// legend that says over how many runs a line is.
#include <algorithm>

#include "canvas/curve_drawing.h"
#include "canvas/curve_frame.h"
#include "canvas/marks.h"
#include "canvas/run_look.h"
#include "canvas/text_width.h"
#include "figure/panel_drawing.h"
#include "record/utf8.h"

namespace treegrpo {
namespace {

constexpr float own_scale = .625f;  // caption 6.9 pt, title 8.1 pt, lines 1.25 pt, grid .6 pt
constexpr float aspect = .62f;      // of the plot without legend, near the golden ratio
constexpr float x_name_room = 16, legend_row = 15, sample_width = 24, entry_gap = 16;

CurveSeries seriesOf(const FigureSeries& one, std::size_t number) {
  CurveSeries series;
  series.name = one.name;
  series.x = one.x;
  series.y = one.mean;
  series.band = {one.low, one.high};
  series.run = static_cast<int>(number);
  series.dash = runDash(number);
  series.may_lack = true;
  series.end_number = false;
  return series;
}

// The runs of a mean, faint behind it.
void addRuns(const FigureSeries& mean, std::size_t number, CurvePlot& plot) {
  for (const Series& run : mean.runs) {
    CurveSeries series = seriesOf(mean, number);
    series.x = run.x;
    series.y = run.y;
    series.band = {};
    series.background = true;
    series.dash = {};
    plot.series.push_back(std::move(series));
  }
}

// Where lines are smoothed their own values stand faint behind them.
CurvePlot plotOf(const FigureCurves& curves) {
  CurvePlot plot{curves.title, {}, curves.x_label, {}};
  plot.name_x = false;
  for (std::size_t i = 0; i < curves.series.size(); ++i) {
    CurveSeries series = seriesOf(curves.series[i], i);
    addRuns(curves.series[i], i, plot);
    if (curves.smoothing > 0) {
      if (curves.series[i].runs.empty()) {
        CurveSeries raw = series;
        raw.background = true;
        raw.dash = {};
        plot.series.push_back(std::move(raw));
      }
      for (std::vector<double>* line : {&series.y, &series.band.low, &series.band.high})
        *line = smoothed(*line, curves.smoothing);
    }
    plot.series.push_back(std::move(series));
  }
  return plot;
}

// In no more room than that; what does not fit of the name is left out.
std::string legendText(const FigureSeries& series, float room) {
  const std::string count = " (n = " + std::to_string(series.n) + ")";
  std::string name = series.name, text = name + count;
  while (!name.empty() && textWidth(text, TextRole::caption) > room) {
    do name.pop_back();
    while (!name.empty() && first_invalid_utf8(name));
    text = name + "…" + count;
  }
  return text;
}

class CurvesDrawing {
 public:
  CurvesDrawing(const FigureCurves& curves, float width, const Theme& theme)
      : curves_(curves), theme_(theme), width_(width) {}

  Drawing draw(float height) {
    const CurvePlot plot = plotOf(curves_);
    const float plot_height = height - x_name_room - legendHeight();
    drawing_ = curveDrawing(plot, width_, plot_height, theme_);
    const PlotFrame frame = curveFrame(plot, width_, plot_height);
    area_ = frame.area;
    drawing_.items.emplace_back(
        LineItem{{area_.left, area_.top}, {area_.left, area_.bottom()}, {theme_.text2, 1, {}}});
    text({area_.centre().x, plot_height + 6}, curves_.x_label, TextAlign::centre);
    addLegend(plot_height + x_name_room);
    drawing_.hits.clear();
    drawing_.extent = {0, 0, width_, height};
    return std::move(drawing_);
  }

  float legendHeight() const {
    float x = 0;
    int rows = 1;
    for (const FigureSeries& series : curves_.series) next(x, rows, entryWidth(wordsOf(series)));
    if (!curves_.band.empty()) next(x, rows, textWidth(curves_.band, TextRole::caption));
    return legend_row * static_cast<float>(rows) + 4;
  }

 private:
  static float entryWidth(const std::string& words) {
    return sample_width + 5 + textWidth(words, TextRole::caption);
  }

  std::string wordsOf(const FigureSeries& series) const {
    return legendText(series, width_ - sample_width - 5);
  }

  // Where an entry begins; a new row where it does not fit.
  float next(float& x, int& rows, float width) const {
    if (x > 0 && x + width > width_) {
      x = 0;
      ++rows;
    }
    const float at = x;
    x += width + entry_gap;
    return at;
  }

  void text(Point at, std::string words, TextAlign align) {
    drawing_.items.emplace_back(
        TextItem{at, std::move(words), theme_.text, TextRole::caption, align, false, no_color});
  }

  void addLegend(float top) {
    float x = 0;
    int rows = 1;
    const auto middle = [&] { return top + legend_row * (static_cast<float>(rows) - .5f); };
    for (std::size_t i = 0; i < curves_.series.size(); ++i) {
      const std::string words = wordsOf(curves_.series[i]);
      const float at = next(x, rows, entryWidth(words));
      const Color color = runColor(theme_, i);
      if (!curves_.series[i].low.empty())
        drawing_.items.emplace_back(
            BoxItem{{at, middle() - 4, sample_width, 8}, faded(color, .15f), {}});
      drawing_.items.emplace_back(
          LineItem{{at, middle()}, {at + sample_width, middle()}, {color, 2, runDash(i)}});
      text({at + sample_width + 5, middle()}, words, TextAlign::left);
    }
    if (curves_.band.empty()) return;
    const float at = next(x, rows, textWidth(curves_.band, TextRole::caption));
    text({at, middle()}, curves_.band, TextAlign::left);
  }

  const FigureCurves& curves_;
  const Theme& theme_;
  float width_;
  Box area_;
  Drawing drawing_;
};

}  // namespace

PanelDrawing curvesPanel(const FigureCurves& curves, const PanelRoom& room) {
  const float scale = room.scale(own_scale);
  const float pixels = room.width / scale;
  CurvesDrawing drawing(curves, pixels, theme(ThemeKind::paper));
  const float own =
      std::clamp(pixels * aspect, 150.f, 300.f) + x_name_room + drawing.legendHeight();
  const float high = room.height > 0 ? room.height / scale : own;
  return {{{drawing.draw(high), {0, 0}, scale}}, high * scale, title_height / 2 * scale};
}

}  // namespace treegrpo
