// A tree that grows: outlines where leaves will stand, and the line that its newest nodes reached.
#include <algorithm>

#include "canvas/marks.h"
#include "canvas/tree_parts.h"
#include "tree/schedule.h"

namespace treegrpo {
namespace {

constexpr float label_height = 20;

std::string progressText(const TreeFrame& frame) {
  return std::to_string(frame.view.growing.evaluated) + " of " +
         std::to_string(counts(frame.record->schedule).nfe) + " NFE";
}

}  // namespace

void addComingLeaves(const TreeFrame& frame, Drawing& drawing) {
  if (!frame.view.growing.on || frame.leaf_lod < Lod::dot) return;
  const float side = frame.layout.leaf_side;
  for (const Point at : frame.layout.coming) {
    const Box box = screenOf(frame.view, Box{at.x - side / 2, at.y - side / 2, side, side});
    if (inView(frame, box))
      drawing.items.emplace_back(BoxItem{box, no_color, {frame.theme.grid, 1, {}}});
  }
}

void addFrontLine(const TreeFrame& frame, Drawing& drawing) {
  if (!frame.view.growing.on || frame.count() == 0) return;
  // Nodes stand in level order, so the last one is among the newest.
  const int front = std::max(frame.layout.first_step, frame.node(frame.count() - 1).step);
  const Theme& theme = frame.theme;
  const float x = screenX(frame, front), bottom = contentBottom(frame);
  drawing.items.emplace_back(
      LineItem{{x, axis_height}, {x, bottom}, {theme.live, 1.25f, {{2, 3, 0, 0}}}});
  const std::string text = progressText(frame);
  const float width = std::max(84.f, 14 + 5.6f * static_cast<float>(text.size()));
  const bool room = x - width - 8 >= 0;
  const Box label{room ? x - width - 8 : x + 8, bottom - label_height - 6, width, label_height};
  drawing.items.emplace_back(BoxItem{label, theme.panel, {theme.live, 1, {}}, 3});
  drawing.items.emplace_back(TextItem{label.centre(), text, theme.live, TextRole::caption,
                                      TextAlign::centre, false, no_color});
}

}  // namespace treegrpo
