#include "canvas/depth_histograms.h"

#include <algorithm>
#include <set>

#include "canvas/marks.h"
#include "canvas/number_text.h"
#include "canvas/plot_frame.h"
#include "canvas/reward_drawing.h"
#include "canvas/run_look.h"
#include "canvas/tree_figures.h"
#include "compare/distribution.h"

namespace treegrpo {
namespace {

constexpr float left_room = 34, right_room = 10;
constexpr float ground_share = .13f, line_width = 1.5f;
constexpr float row_share = .85f;     // of a row, as high as its highest bin
constexpr float least_labelled = 12;  // height of a row

std::set<int> stepsOf(const DepthHistograms& histograms) {
  std::set<int> steps;
  for (const DepthSample& sample : histograms.samples)
    for (const auto& [step, values] : sample.advantages)
      if (!ecdf(values).x.empty()) steps.insert(step);
  return steps;
}

const std::vector<double>& valuesAt(const DepthSample& sample, int step) {
  static const std::vector<double> none;
  const auto found = sample.advantages.find(step);
  return found == sample.advantages.end() ? none : found->second;
}

// A sample's share of its step's values in each bin; empty without values.
std::vector<double> shares(const std::vector<double>& values, const std::vector<double>& edges) {
  const Histogram bins = histogram(values, edges);
  double n = 0;
  for (const std::size_t count : bins.counts) n += static_cast<double>(count);
  std::vector<double> result;
  if (n > 0)
    for (const std::size_t count : bins.counts) result.push_back(static_cast<double>(count) / n);
  return result;
}

class DepthPainter {
 public:
  DepthPainter(const DepthHistograms& histograms, float width, float height, const Theme& theme)
      : histograms_(histograms), theme_(theme), steps_(stepsOf(histograms)) {
    drawing_.extent = {0, 0, width, height};
    frame_.area = {left_room, title_height, std::max(1.f, width - left_room - right_room),
                   std::max(1.f, height - title_height - ticks_height)};
  }

  Drawing draw() {
    addTitle(frame_, histograms_.title, "share of edges, a row a step", theme_, drawing_);
    if (steps_.empty()) return std::move(addNothing());
    std::vector<std::vector<double>> all;
    for (const DepthSample& sample : histograms_.samples)
      for (const auto& [step, values] : sample.advantages) all.push_back(values);
    edges_ = common_edges(all);
    frame_.x = tightScale(edges_.front(), edges_.back(), 4);
    addScale();
    for (const DepthSample& sample : histograms_.samples)
      for (const int step : steps_)
        for (const double share : shares(valuesAt(sample, step), edges_))
          most_ = std::max(most_, share);
    std::size_t row = 0;
    for (const int step : steps_) addRow(step, row++);
    return std::move(drawing_);
  }

 private:
  void text(Point at, std::string words, Color color, TextAlign align) {
    drawing_.items.emplace_back(
        TextItem{at, std::move(words), color, TextRole::caption, align, false, no_color});
  }

  Drawing& addNothing() {
    text(frame_.area.centre(), "No edge has an advantage here", theme_.text2, TextAlign::centre);
    return drawing_;
  }

  // Numbers below, lines through all rows; 0 is stronger.
  void addScale() {
    const Box& area = frame_.area;
    for (const double tick : ticksOf(frame_.x)) {
      const float x = frame_.xOf(tick);
      const Color color = tick == 0 ? theme_.text2 : theme_.grid;
      drawing_.items.emplace_back(LineItem{{x, area.top}, {x, area.bottom()}, {color, 1, {}}});
      text({x, area.bottom() + ticks_height / 2}, tickText(frame_.x, tick), theme_.text2,
           TextAlign::centre);
    }
  }

  void addRow(int step, std::size_t row) {
    const float height = frame_.area.height / static_cast<float>(steps_.size());
    const Box box{0, frame_.area.top + height * static_cast<float>(row), drawing_.extent.width,
                  height};
    drawing_.hits.push_back({box, HitKind::step, step});
    drawing_.items.emplace_back(LineItem{{frame_.area.left, box.bottom()},
                                         {frame_.area.right(), box.bottom()},
                                         {theme_.border, 1, {}}});
    if (height >= least_labelled)
      text({left_room - 6, box.bottom() - std::min(8.f, height / 2)}, "t " + std::to_string(step),
           theme_.text2, TextAlign::right);
    for (std::size_t sample = 0; sample < histograms_.samples.size(); ++sample)
      addOutline(shares(valuesAt(histograms_.samples[sample], step), edges_), sample, box);
  }

  void addOutline(const std::vector<double>& bins, std::size_t sample, const Box& row) {
    if (bins.empty()) return;
    std::vector<Point> line{{frame_.xOf(edges_.front()), row.bottom()}};
    for (std::size_t bin = 0; bin < bins.size(); ++bin) {
      const float y = row.bottom() - row_share * row.height * static_cast<float>(bins[bin] / most_);
      line.push_back({frame_.xOf(edges_[bin]), y});
      line.push_back({frame_.xOf(edges_[bin + 1]), y});
    }
    line.push_back({frame_.xOf(edges_.back()), row.bottom()});
    const Color color = runColor(theme_, sample);
    drawing_.items.emplace_back(PolygonItem{line, faded(color, ground_share), {}});
    for (std::size_t at = 1; at < line.size(); ++at)
      drawing_.items.emplace_back(
          LineItem{line[at - 1], line[at], {color, line_width, runDash(sample)}});
  }

  const DepthHistograms& histograms_;
  const Theme& theme_;
  const std::set<int> steps_;
  std::vector<double> edges_;
  double most_ = 0;
  PlotFrame frame_;
  Drawing drawing_;
};

}  // namespace

Drawing depthHistogramsDrawing(const DepthHistograms& histograms, float width, float height,
                               const Theme& theme) {
  return DepthPainter(histograms, width, height, theme).draw();
}

std::string depthWords(const DepthHistograms& histograms, int step) {
  std::string words;
  for (const DepthSample& sample : histograms.samples) {
    const ColumnSummary summary = summaryOf(valuesAt(sample, step));
    if (summary.finite == 0) continue;
    words += (words.empty() ? "" : "; ") + sample.letter +
             " n = " + std::to_string(summary.finite) + ", mean " + signedText(summary.mean, 2) +
             ", s.d. " + fixedText(summary.deviation, 2);
  }
  return words.empty() ? words : "Step " + std::to_string(step) + ": " + words;
}

}  // namespace treegrpo
