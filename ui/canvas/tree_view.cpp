#include "canvas/tree_view.h"

#include <algorithm>

namespace treegrpo {
namespace {

constexpr float least_zoom = 1.f / 200, most_zoom = 64;
constexpr float column_width = 170;  // A and R right of the leaves
constexpr float margin = 8;
constexpr float names_room = 12;  // of the axis's rows, left of the tree

}  // namespace

LayoutOptions layoutOptions(const TreeView& view) {
  return {.hoisted = view.hoisted, .collapsed = view.collapsed, .order = view.order, .metrics = {}};
}

Point screenOf(const TreeView& view, Point canvas) {
  return {view.pan.x + view.zoom * canvas.x, view.pan.y + view.zoom * canvas.y};
}

Box screenOf(const TreeView& view, const Box& canvas) {
  const Point corner = screenOf(view, Point{canvas.left, canvas.top});
  return {corner.x, corner.y, canvas.width * view.zoom, canvas.height * view.zoom};
}

Point canvasOf(const TreeView& view, Point screen) {
  return {(screen.x - view.pan.x) / view.zoom, (screen.y - view.pan.y) / view.zoom};
}

TreeView zoomedAt(TreeView view, Point anchor, float factor) {
  const Point still = canvasOf(view, anchor);
  view.zoom = std::clamp(view.zoom * factor, least_zoom, most_zoom);
  view.pan = {anchor.x - view.zoom * still.x, anchor.y - view.zoom * still.y};
  view.lod = followed(view.lod, view.zoom);
  return view;
}

TreeView fittedTo(TreeView view, const Box& canvas) {
  const float columns = view.columns ? column_width : margin;
  const float width = std::max(1.f, view.width - columns - names_room - margin);
  const float height = std::max(1.f, view.height - axis_height - legend_height - margin);
  view.zoom = std::clamp(
      std::min(width / std::max(1.f, canvas.width), height / std::max(1.f, canvas.height)),
      least_zoom, most_zoom);
  view.pan = {
      names_room + margin / 2 + (width - canvas.width * view.zoom) / 2 - canvas.left * view.zoom,
      axis_height + margin / 2 + (height - canvas.height * view.zoom) / 2 - canvas.top * view.zoom};
  view.lod = richest(view.zoom);
  return view;
}

}  // namespace treegrpo
