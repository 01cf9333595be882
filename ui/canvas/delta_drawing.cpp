#include "canvas/delta_drawing.h"

#include <algorithm>
#include <cmath>

#include "canvas/axis_ticks.h"
#include "canvas/number_text.h"
#include "canvas/tree_figures.h"
#include "canvas/tree_view.h"
#include "compare/image_difference.h"

namespace treegrpo {
namespace {

constexpr PairColour colours[] = {{"advantage", "Advantage", std::nullopt},
                                  {"value_delta", "Δ value", NodeDelta::value},
                                  {"log_prob_delta", "Δ log-prob", NodeDelta::log_prob},
                                  {"reward_delta", "Δ reward below", NodeDelta::reward},
                                  {"image_distance", "Image distance", NodeDelta::image_distance}};

constexpr float number_width = 46, margin = 14, text_row = 10, thickest = 10;

double imageDistance(const Image& first, const Image& second) {
  const bool alike = first.width == second.width && first.height == second.height;
  return first.empty() || !alike ? no_value : root_mean_square_error(first, second);
}

double deltaOf(const TreeNode& first, const TreeNode& second, NodeDelta delta) {
  switch (delta) {
    case NodeDelta::value:
      return second.value - first.value;
    case NodeDelta::log_prob:
      return second.log_prob - first.log_prob;
    case NodeDelta::image_distance:
      return imageDistance(first.image, second.image);
    case NodeDelta::reward:
      break;
  }
  return no_value;
}

class DeltaPainter {
 public:
  DeltaPainter(const DeltaColumn& column, float width, float height, const Theme& theme)
      : column_(column), theme_(theme), bottom_(height - legend_height) {
    drawing_.extent = {0, 0, width, height};
    double most = 0;
    for (const DeltaRow& row : column.rows)
      if (std::isfinite(row.delta)) most = std::max(most, std::abs(row.delta));
    const AxisScale scale = niceScale(-most, most, 4);
    limit_ = std::max(scale.most, -scale.least);
    zero_ = number_width + (width - number_width - margin) / 2;
    half_ = (width - number_width - margin) / 2;
  }

  Drawing draw() {
    for (const DeltaRow& row : column_.rows)
      if (row.y > axis_height && row.y < bottom_) addRow(row);
    addAxis();
    addHead();
    return std::move(drawing_);
  }

 private:
  float xOf(double delta) const { return zero_ + half_ * static_cast<float>(delta / limit_); }

  void text(Point at, std::string words, Color color, TextAlign align,
            TextRole role = TextRole::caption) {
    drawing_.items.emplace_back(
        TextItem{at, std::move(words), color, role, align, false, no_color});
  }

  void addHead() {
    const float middle = drawing_.extent.width / 2;
    drawing_.items.emplace_back(
        BoxItem{{0, 0, drawing_.extent.width, axis_height}, theme_.canvas, {}});
    text({middle, 14}, "Δ reward, B − A", theme_.text, TextAlign::centre, TextRole::caption_medium);
    const std::string count =
        std::to_string(column_.pairs) + (column_.pairs == 1 ? " pair" : " pairs");
    text({middle, 28},
         column_.pairs == 0 ? "no pairs" : "mean " + signedText(column_.mean, 3) + ", " + count,
         theme_.text2, TextAlign::centre);
  }

  void addAxis() {
    drawing_.items.emplace_back(
        LineItem{{zero_, axis_height}, {zero_, bottom_}, {theme_.text2, 1, {}}});
    drawing_.items.emplace_back(
        BoxItem{{0, bottom_, drawing_.extent.width, legend_height}, theme_.canvas, {}});
    const int decimals = limit_ < .1 ? 3 : limit_ < 10 ? 2 : 0;
    text({xOf(-limit_), bottom_ + 10}, signedText(-limit_, decimals), theme_.text2,
         TextAlign::centre);
    text({zero_, bottom_ + 10}, "0", theme_.text2, TextAlign::centre);
    text({xOf(limit_), bottom_ + 10}, signedText(limit_, decimals), theme_.text2, TextAlign::right);
  }

  void addRow(const DeltaRow& row) {
    const bool selected = row.node == column_.selected;
    drawing_.hits.push_back({{0, row.y - column_.row_height / 2, drawing_.extent.width,
                              std::max(2.f, column_.row_height)},
                             HitKind::node,
                             row.node});
    if (!std::isfinite(row.delta)) return;
    if (column_.row_height >= text_row)
      text({number_width - 4, row.y}, signedText(row.delta, 2),
           selected ? theme_.text : theme_.text2, TextAlign::right,
           selected ? TextRole::caption_medium : TextRole::caption);
    const float tip = xOf(row.delta), thick = std::clamp(column_.row_height * .55f, 1.f, thickest);
    const Box bar{std::min(tip, zero_), row.y - thick / 2, std::max(.5f, std::abs(tip - zero_)),
                  thick};
    const Color color = theme_.runs[row.delta < 0 ? 0 : 1];
    drawing_.items.emplace_back(
        BoxItem{bar, color, selected ? Pen{theme_.ring, 1.5f, {}} : Pen{}, 0});
  }

  const DeltaColumn& column_;
  const Theme& theme_;
  float bottom_;
  double limit_ = 1;
  float zero_ = 0, half_ = 1;
  Drawing drawing_;
};

}  // namespace

std::vector<double> pairDeltas(const TreeRecord& first, const TreeRecord& second,
                               const TreePairs& pairs, NodeDelta delta) {
  std::vector<double> first_reward, second_reward;
  if (delta == NodeDelta::reward) {
    first_reward = treeFigures(first).reward;
    second_reward = treeFigures(second).reward;
  }
  std::vector<double> deltas;
  for (const auto& [a, b] : pairs.matched) {
    const auto in_first = static_cast<std::size_t>(a.value);
    const auto in_second = static_cast<std::size_t>(b.value);
    deltas.push_back(delta == NodeDelta::reward
                         ? second_reward[in_second] - first_reward[in_first]
                         : deltaOf(first.nodes[in_first], second.nodes[in_second], delta));
  }
  return deltas;
}

std::span<const PairColour> pairColours() { return colours; }

PairShades pairShades(const TreeRecord& first, const TreeRecord& second, const TreePairs& pairs,
                      NodeDelta delta) {
  if (pairs.matched.empty()) return {};
  const std::vector<double> deltas = pairDeltas(first, second, pairs, delta);
  std::vector<double> of_first(first.nodes.size(), no_value);
  std::vector<double> of_second(second.nodes.size(), no_value);
  PairShades shades;
  for (std::size_t i = 0; i < deltas.size(); ++i) {
    of_first[static_cast<std::size_t>(pairs.matched[i].first.value)] = deltas[i];
    of_second[static_cast<std::size_t>(pairs.matched[i].second.value)] = deltas[i];
    if (std::isfinite(deltas[i])) shades.limit = std::max(shades.limit, std::abs(deltas[i]));
  }
  shades.first = std::make_shared<const std::vector<double>>(std::move(of_first));
  shades.second = std::make_shared<const std::vector<double>>(std::move(of_second));
  return shades;
}

Drawing deltaDrawing(const DeltaColumn& column, float width, float height, const Theme& theme) {
  return DeltaPainter(column, width, height, theme).draw();
}

}  // namespace treegrpo
