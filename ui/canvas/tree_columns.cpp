// Right of the leaves: sign, advantage, and reward as a dot on a line with the tree's mean dotted;
// for leaves below 3 px the strip of lines that stands for them.
#include <algorithm>
#include <cmath>

#include "canvas/marks.h"
#include "canvas/number_text.h"
#include "canvas/tree_parts.h"

namespace treegrpo {
namespace {

constexpr float number_right = 44;
constexpr float head_y = 26;                  // of the columns' names, in the axis
constexpr float text_row = 12, mark_row = 5;  // the least row that gets numbers, marks

// The ends of the reward axis: the rewards' own, rounded outwards to a power of ten.
struct RewardAxis {
  double low = 0, high = 1;
  int decimals = 1;
};

RewardAxis rewardAxis(const Range& rewards) {
  const double span = rewards.most - rewards.least;
  const double unit = span > 0 ? std::pow(10, std::floor(std::log10(span / 2))) : .1;
  RewardAxis axis;
  axis.low = std::floor(rewards.least / unit + 1e-9) * unit;
  axis.high = std::ceil(rewards.most / unit - 1e-9) * unit;
  if (!(axis.high > axis.low)) axis.high = axis.low + unit;
  axis.decimals = std::clamp(static_cast<int>(-std::floor(std::log10(unit) + 1e-9)), 0, 6);
  return axis;
}

struct Columns {
  float left, plot, width, row;
  RewardAxis axis;
  float xOf(double reward) const {
    const double share = (reward - axis.low) / (axis.high - axis.low);
    return plot + width * static_cast<float>(std::clamp(share, 0., 1.));
  }
};

Columns columnsOf(const TreeFrame& frame) {
  const float left = columnsLeft(frame);
  return {left, left + plot_left, columnsWidth(frame) - plot_left, screenRow(frame),
          rewardAxis(frame.figures.leaf_reward)};
}

bool hasColumns(const TreeFrame& frame) {
  return frame.view.columns && frame.figures.rewarded && !frame.figures.leaf_reward.none() &&
         frame.leaf_lod != Lod::strip && screenRow(frame) >= 2;
}

void addAdvantage(const TreeFrame& frame, const Columns& columns, std::int32_t leaf, float y,
                  Drawing& drawing) {
  const double value = leafAdvantage(frame, leaf);
  const bool broken = frame.broken(leaf);
  if (!frame.figures.credited && !broken) return;
  const float share = presence(frame, leaf);
  const Color color = faded(broken ? frame.theme.error : signText(frame.theme, value), share);
  if (columns.row >= mark_row && std::isfinite(value) && value != 0 && !broken)
    drawing.items.emplace_back(signMark({columns.left + 5, y}, 3, value > 0, color));
  if (columns.row < text_row) return;
  const bool strong = leaf == frame.figures.best_leaf || leaf == frame.view.selected;
  drawing.items.emplace_back(TextItem{{columns.left + number_right, y},
                                      broken ? "NaN" : signedText(value, 2),
                                      color,
                                      strong ? TextRole::caption_medium : TextRole::caption,
                                      TextAlign::right,
                                      false,
                                      no_color});
}

void addReward(const TreeFrame& frame, const Columns& columns, std::int32_t leaf, float y,
               Drawing& drawing) {
  const double reward = frame.figures.reward[static_cast<std::size_t>(leaf)];
  if (!std::isfinite(reward)) return;
  const float share = presence(frame, leaf), x = columns.xOf(reward);
  const bool roomy = columns.row >= mark_row;
  const bool strong = leaf == frame.figures.best_leaf || leaf == frame.view.selected;
  drawing.items.emplace_back(LineItem{
      {columns.plot, y}, {x, y}, {faded(frame.theme.neutral, share), roomy ? 1.5f : 1, {}}});
  if (roomy)
    drawing.items.emplace_back(
        CircleItem{{x, y}, 3, faded(strong ? frame.theme.text : frame.theme.text2, share), {}});
}

void addRow(const TreeFrame& frame, const Columns& columns, std::int32_t leaf, Drawing& drawing) {
  const Box box = nodeBox(frame, leaf);
  const float y = box.centre().y;
  if (!inView(frame, {columns.left - 200, y - 8, columnsWidth(frame) + 220, 16})) return;
  if (columns.row >= mark_row && box.right() + 1 < columns.left - 2)
    drawing.items.emplace_back(
        LineItem{{box.right() + 1, y}, {columns.left - 2, y}, {frame.theme.grid, 1, {}}});
  addAdvantage(frame, columns, leaf, y, drawing);
  addReward(frame, columns, leaf, y, drawing);
}

// Of two leaves on one line of the screen the one that must be seen.
bool louder(const TreeFrame& frame, std::int32_t a, std::int32_t b) {
  if (frame.broken(a) != frame.broken(b)) return frame.broken(a);
  const double first = std::abs(leafAdvantage(frame, a));
  const double second = std::abs(leafAdvantage(frame, b));
  return first > second || (std::isnan(second) && !std::isnan(first));
}

// The leaf that stands for each line of pixels; -1: none lies there.
std::vector<std::int32_t> leavesByLine(const TreeFrame& frame, float top) {
  const auto lines = static_cast<std::size_t>(
      std::ceil(static_cast<float>(frame.layout.rows) * screenRow(frame)) + 2);
  std::vector<std::int32_t> leaf_of(lines, -1);
  for (std::int32_t node = 0; node < frame.count(); ++node) {
    if (!frame.placed(node).shown || !frame.record->is_leaf(static_cast<std::size_t>(node)))
      continue;
    const float y = nodeBox(frame, node).centre().y - top;
    std::int32_t& held = leaf_of[std::min(lines - 1, static_cast<std::size_t>(std::max(0.f, y)))];
    if (held < 0 || louder(frame, node, held)) held = node;
  }
  return leaf_of;
}

void addStrip(const TreeFrame& frame, Drawing& drawing) {
  const float top = screenOf(frame.view, Point{0, frame.layout.metrics.top}).y;
  const float left = stripLeft(frame);
  for (const std::int32_t leaf : leavesByLine(frame, top)) {
    if (leaf < 0) continue;
    const float y = nodeBox(frame, leaf).centre().y;
    const Box line{left, y - 1, strip_width, 2};
    if (!inView(frame, line)) continue;
    const double value = frame.figures.credited ? leafAdvantage(frame, leaf) : no_value;
    const Color color =
        frame.broken(leaf) ? frame.theme.error : divergingColor(frame.theme, value, limitOf(frame));
    drawing.items.emplace_back(
        LineItem{{left, y}, {line.right(), y}, {faded(color, presence(frame, leaf)), 2, {}}});
    drawing.hits.push_back({line, HitKind::node, leaf});
  }
}

}  // namespace

void addColumns(const TreeFrame& frame, Drawing& drawing) {
  if (frame.leaf_lod == Lod::strip) addStrip(frame, drawing);
  if (!hasColumns(frame)) return;
  const Columns columns = columnsOf(frame);
  const float top = screenOf(frame.view, Point{0, frame.layout.metrics.top}).y;
  const float height = static_cast<float>(frame.layout.rows) * columns.row;
  const float mean = columns.xOf(frame.figures.mean_reward);
  if (std::isfinite(mean) && inView(frame, {mean, top, 1, height}))
    drawing.items.emplace_back(
        LineItem{{mean, top}, {mean, top + height}, {frame.theme.text2, 1, {{1, 2, 0, 0}}}});
  for (std::int32_t node = 0; node < frame.count(); ++node)
    if (frame.placed(node).shown && frame.record->is_leaf(static_cast<std::size_t>(node)))
      addRow(frame, columns, node, drawing);
}

void addColumnHeads(const TreeFrame& frame, Drawing& drawing) {
  if (!hasColumns(frame)) return;
  const Columns columns = columnsOf(frame);
  const Color color = frame.theme.text2;
  const auto head = [&](float x, std::string text, TextAlign align, bool italic) {
    drawing.items.emplace_back(
        TextItem{{x, head_y}, std::move(text), color, TextRole::caption, align, italic, no_color});
  };
  if (frame.figures.credited && columns.row >= text_row)
    head(columns.left + number_right, "A", TextAlign::right, true);
  head(columns.plot, "R", TextAlign::left, true);
  head(columns.plot + 11,
       fixedText(columns.axis.low, columns.axis.decimals) + " – " +
           fixedText(columns.axis.high, columns.axis.decimals),
       TextAlign::left, false);
}

}  // namespace treegrpo
