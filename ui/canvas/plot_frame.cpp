#include "canvas/plot_frame.h"

#include <algorithm>

#include "canvas/text_width.h"

namespace treegrpo {
namespace {

constexpr float tick_length = 3;

void addText(Drawing& drawing, Point at, std::string text, Color color, TextAlign align) {
  drawing.items.emplace_back(
      TextItem{at, std::move(text), color, TextRole::caption, align, false, no_color});
}

}  // namespace

float tickRoom(const AxisScale& y) {
  float widest = 0;
  for (const double tick : ticksOf(y))
    widest = std::max(widest, textWidth(tickText(y, tick), TextRole::caption));
  return std::max(28.f, widest + 14);
}

void addAxes(const PlotFrame& frame, const std::string& x_label, const Theme& theme,
             Drawing& drawing) {
  const Box& area = frame.area;
  for (const double tick : ticksOf(frame.y)) {
    const float y = frame.yOf(tick);
    drawing.items.emplace_back(LineItem{{area.left, y}, {area.right(), y}, {theme.grid, 1, {}}});
    addText(drawing, {area.left - 6, y}, tickText(frame.y, tick), theme.text2, TextAlign::right);
  }
  for (const double tick : ticksOf(frame.x)) {
    const float x = frame.xOf(tick);
    drawing.items.emplace_back(
        LineItem{{x, area.bottom()}, {x, area.bottom() + tick_length}, {theme.text2, 1, {}}});
    addText(drawing, {x, area.bottom() + 11}, tickText(frame.x, tick), theme.text2,
            TextAlign::centre);
  }
  drawing.items.emplace_back(
      LineItem{{area.left, area.bottom()}, {area.right(), area.bottom()}, {theme.text2, 1, {}}});
  if (x_label.empty()) return;
  drawing.items.emplace_back(TextItem{{area.right(), area.bottom() - 8},
                                      x_label,
                                      theme.text2,
                                      TextRole::caption,
                                      TextAlign::right,
                                      false,
                                      theme.canvas});
}

void addTitle(const PlotFrame& frame, const std::string& title, const std::string& caption,
              const Theme& theme, Drawing& drawing) {
  const float y = frame.area.top - 14;
  const float left = frame.area.left;
  drawing.items.emplace_back(TextItem{
      {left, y}, title, theme.text, TextRole::body_strong, TextAlign::left, false, no_color});
  const float after = left + textWidth(title, TextRole::body_strong) + 6;
  const std::string words = fitted(caption, frame.area.right() + 8 - after);
  if (!words.empty()) addText(drawing, {after, y}, words, theme.text2, TextAlign::left);
}

std::string fitted(const std::string& text, float width) {
  if (textWidth(text, TextRole::caption) <= width) return text;
  std::string kept = text;
  while (!kept.empty() && textWidth(kept + "…", TextRole::caption) > width) {
    while (!kept.empty() && (static_cast<unsigned char>(kept.back()) & 0xC0) == 0x80)
      kept.pop_back();
    if (!kept.empty()) kept.pop_back();
  }
  return kept.size() < 4 ? std::string() : kept + "…";
}

}  // namespace treegrpo
