#include "canvas/reward_drawing.h"

#include <algorithm>
#include <cmath>

#include "canvas/marks.h"
#include "canvas/number_text.h"
#include "canvas/plot_frame.h"
#include "canvas/text_width.h"

namespace treegrpo {
namespace {

constexpr int bins = 16;
constexpr float least_plot = 84, most_plot = 122;
constexpr float rule_height = 50;

// "0.8", "1", "0.25": a weight as it was written in a configuration.
std::string weightText(double weight) {
  std::string text = fixedText(weight, 4);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

std::vector<int> countsOf(const std::vector<double>& values, const AxisScale& x) {
  std::vector<int> counts(bins);
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    const double share = (value - x.least) / (x.most - x.least);
    ++counts[static_cast<std::size_t>(std::clamp(static_cast<int>(share * bins), 0, bins - 1))];
  }
  return counts;
}

bool isBelow(const TreeRecord& record, std::int32_t node, std::int32_t above) {
  while (node > above) node = record.nodes[static_cast<std::size_t>(node)].parent;
  return node == above;
}

class RewardPainter {
 public:
  RewardPainter(const TreeRecord& record, const TreeFigures& figures, std::int32_t selected,
                const Theme& theme)
      : record_(record),
        figures_(figures),
        selected_(selected),
        theme_(theme),
        leaves_(leaves(record)) {
    if (selected < 0 || selected >= static_cast<std::int32_t>(record.nodes.size())) return;
    if (record.nodes[static_cast<std::size_t>(selected)].step == 0) return;  // it is all of them
    for (std::size_t place = 0; place < leaves_.size(); ++place)
      if (isBelow(record, leaves_[place], selected)) marked_.push_back(place);
  }

  Drawing draw(float width, float height, float scroll) {
    const auto columns = static_cast<float>(record_.rewards.size());
    const float each = std::clamp((height - rule_height) / columns, least_plot, most_plot);
    drawing_.extent = {0, -scroll, width, std::max(height, columns * each + rule_height)};
    for (std::size_t column = 0; column < record_.rewards.size(); ++column)
      addColumn(column, {0, static_cast<float>(column) * each - scroll, width, each});
    addRule(columns * each - scroll);
    return std::move(drawing_);
  }

 private:
  void addColumn(std::size_t column, const Box& box) {
    const std::vector<double>& values = record_.rewards[column];
    const ColumnSummary summary = summaryOf(values);
    PlotFrame frame;
    frame.x = summary.finite > 0 ? niceScale(summary.least, summary.most, 6) : AxisScale{0, 1, .2};
    const std::vector<int> counts = countsOf(values, frame.x);
    frame.y = niceScale(0, std::max(1, *std::max_element(counts.begin(), counts.end())), 3);
    frame.y.step = std::max(1., frame.y.step);
    frame.area = {box.left + 34, box.top + title_height, std::max(20.f, box.width - 34 - 14),
                  std::max(20.f, box.height - title_height - ticks_height)};
    addBand(frame, summary);
    addAxes(frame, "", theme_, drawing_);
    addTitle(frame, record_.reward_names[column], captionOf(column, summary), theme_, drawing_);
    addBars(frame, counts);
    addMean(frame, summary);
    if (summary.broken > 0) addBroken(frame, summary.broken);
    drawing_.hits.push_back({box, HitKind::legend, static_cast<std::int32_t>(column)});
    for (const std::size_t place : marked_) addMark(frame, place, values[place]);
  }

  std::string captionOf(std::size_t column, const ColumnSummary& summary) const {
    return "weight " + weightText(record_.reward_weights[column]) + " · " +
           fixedText(summary.mean, 3) + " ± " + fixedText(summary.deviation, 3);
  }

  void addBand(const PlotFrame& frame, const ColumnSummary& summary) {
    if (summary.finite == 0) return;
    const Box& area = frame.area;
    const float left = std::max(area.left, frame.xOf(summary.mean - summary.deviation));
    const float right = std::min(area.right(), frame.xOf(summary.mean + summary.deviation));
    drawing_.items.emplace_back(BoxItem{
        {left, area.top - 4, right - left, area.height + 4}, faded(theme_.grid, .55f), {}, 0});
  }

  void addBars(const PlotFrame& frame, const std::vector<int>& counts) {
    const float width = frame.area.width / bins;
    for (std::size_t bin = 0; bin < counts.size(); ++bin) {
      if (counts[bin] == 0) continue;
      const float top = frame.yOf(counts[bin]);
      const float left = frame.area.left + static_cast<float>(bin) * width;
      drawing_.items.emplace_back(
          BoxItem{{left + .6f, top, width - 1.2f, frame.area.bottom() - top}, theme_.text2, {}, 0});
    }
  }

  void addMean(const PlotFrame& frame, const ColumnSummary& summary) {
    if (summary.finite == 0) return;
    const float x = frame.xOf(summary.mean);
    drawing_.items.emplace_back(
        LineItem{{x, frame.area.top - 4}, {x, frame.area.bottom()}, {theme_.text, 1.25f, {}}});
  }

  void addBroken(const PlotFrame& frame, std::int32_t count) {
    drawing_.items.emplace_back(TextItem{{frame.area.right(), frame.area.top + 6},
                                         std::to_string(count) + " not a number",
                                         theme_.error,
                                         TextRole::caption_medium,
                                         TextAlign::right,
                                         false,
                                         theme_.canvas});
  }

  // A tip that stands on the axis where the leaf is; with its number if it is the only one.
  void addMark(const PlotFrame& frame, std::size_t place, double value) {
    if (!std::isfinite(value)) return;
    const Point tip{frame.xOf(value), frame.area.bottom() - 2};
    drawing_.items.emplace_back(signMark(tip, 5, true, theme_.ring, {theme_.canvas, 1, {}}));
    drawing_.hits.push_back({{tip.x - 6, tip.y - 8, 12, 12}, HitKind::node, leaves_[place]});
    if (marked_.size() != 1) return;
    drawing_.items.emplace_back(
        LineItem{{tip.x, frame.area.top}, {tip.x, tip.y}, {theme_.ring, 1, {{2, 2}}}});
    const bool after = tip.x < frame.area.centre().x;
    const std::string words =
        nodeName(record_, figures_, leaves_[place]) + " " + fixedText(value, 3);
    const float width = textWidth(words, TextRole::caption_medium) + 8;
    const Box label{after ? tip.x + 3 : tip.x - 3 - width, frame.area.top - 6, width, 15};
    drawing_.items.emplace_back(BoxItem{label, faded(theme_.canvas, .9f), {}, 3});
    drawing_.items.emplace_back(TextItem{label.centre(), words, theme_.text,
                                         TextRole::caption_medium, TextAlign::centre, false,
                                         no_color});
  }

  void addText(Point at, std::string words, Color color, bool italic = false) {
    drawing_.items.emplace_back(TextItem{at, std::move(words), color, TextRole::caption,
                                         TextAlign::left, italic, no_color});
  }

  void addRule(float top) {
    const float left = 12;
    addText({left, top + 14},
            "Group of " + std::to_string(leaves_.size()) + " leaves, z by column" + markedText(),
            theme_.text2);
    addText({left, top + 32}, "A", theme_.text, true);
    addText({left + 8, top + 35}, "leaf", theme_.text);
    addText({left + 32, top + 32}, fitted(leafRule(record_), drawing_.extent.width - left - 40),
            theme_.text);
    drawing_.hits.push_back({{0, top, drawing_.extent.width, rule_height}, HitKind::legend, -1});
  }

  std::string markedText() const {
    if (marked_.size() < 2) return ":";
    return "; ▲ below " + nodeName(record_, figures_, selected_) + ":";
  }

  const TreeRecord& record_;
  const TreeFigures& figures_;
  std::int32_t selected_;
  const Theme& theme_;
  std::vector<std::int32_t> leaves_;
  std::vector<std::size_t> marked_;  // places among the leaves
  Drawing drawing_;
};

}  // namespace

ColumnSummary summaryOf(const std::vector<double>& values) {
  ColumnSummary summary;
  double sum = 0, squares = 0;
  for (const double value : values) {
    if (!std::isfinite(value)) {
      ++summary.broken;
      continue;
    }
    summary.least = summary.finite ? std::min(summary.least, value) : value;
    summary.most = summary.finite ? std::max(summary.most, value) : value;
    ++summary.finite;
    sum += value;
  }
  if (summary.finite == 0) return summary;
  summary.mean = sum / summary.finite;
  for (const double value : values)
    if (std::isfinite(value)) squares += (value - summary.mean) * (value - summary.mean);
  summary.deviation = std::sqrt(squares / summary.finite);
  return summary;
}

std::string leafRule(const TreeRecord& record) {
  std::string text = "=";
  for (std::size_t column = 0; column < record.reward_names.size(); ++column) {
    const double weight = record.reward_weights[column];
    text += column == 0 ? (weight < 0 ? " −" : " ") : (weight < 0 ? " − " : " + ");
    text += weightText(std::abs(weight)) + " z(" + record.reward_names[column] + ")";
  }
  return text;
}

Drawing rewardDrawing(const TreeRecord& record, const TreeFigures& figures, std::int32_t selected,
                      float width, float height, const Theme& theme, float scroll) {
  if (!figures.rewarded || record.rewards.empty()) return {};
  return RewardPainter(record, figures, selected, theme).draw(width, height, scroll);
}

}  // namespace treegrpo
