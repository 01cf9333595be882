#include "canvas/tree_glide.h"

#include <cmath>

namespace treegrpo {
namespace {

float mixed(float from, float to, float share) { return from + share * (to - from); }

}  // namespace

float easedInOut(float share) {
  if (share < .5f) return 4 * share * share * share;
  const float left = 2 - 2 * share;
  return 1 - left * left * left / 2;
}

// Zoom goes by factors; the pan follows it, so that the motion turns about one point.
TreeView viewBetween(const TreeView& from, const TreeView& to, float share) {
  TreeView view = to;
  view.zoom = from.zoom * std::pow(to.zoom / from.zoom, share);
  const float change = to.zoom - from.zoom;
  const bool zooms = std::abs(change) > 1e-3f * to.zoom;
  const float way = zooms ? (view.zoom - from.zoom) / change : share;
  view.pan = {mixed(from.pan.x, to.pan.x, way), mixed(from.pan.y, to.pan.y, way)};
  view.lod = followed(to.lod, view.zoom);
  return view;
}

TreeLayout layoutBetween(const TreeLayout& from, const TreeLayout& to, float share) {
  TreeLayout layout = to;
  if (from.nodes.size() != to.nodes.size()) return layout;
  for (std::size_t node = 0; node < layout.nodes.size(); ++node) {
    const PlacedNode& before = from.nodes[node];
    PlacedNode& placed = layout.nodes[node];
    if (!before.shown || !placed.shown) continue;
    placed.at = {mixed(before.at.x, placed.at.x, share), mixed(before.at.y, placed.at.y, share)};
  }
  return layout;
}

}  // namespace treegrpo
