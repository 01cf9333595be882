// Nodes: rings, badges, labels and hit boxes around their bodies.
#include <algorithm>
#include <cmath>

#include "canvas/marks.h"
#include "canvas/node_body.h"
#include "canvas/number_text.h"
#include "canvas/tree_parts.h"

namespace treegrpo {
namespace {

constexpr float reach = 96;       // how far rings, badges and labels stand out of a node
constexpr float least_hit = 10;   // side of a hit box
constexpr float badge_from = 28;  // least side with a badge outside it
constexpr float clip_badge_from = 56;
constexpr float dash_seconds = .25f;  // the dashes of growth go on by one

bool isFresh(const TreeFrame& frame, std::int32_t node) {
  return frame.view.growing.on && node >= frame.view.growing.first_new;
}

// A ring `out` pixels from a node's side, measured to the middle of its line.
BoxItem ring(const Box& box, float out, const Pen& pen) {
  return {grown(box, out + pen.width / 2), no_color, pen, 2};
}

Pen growingPen(const TreeFrame& frame) {
  Pen pen{frame.theme.live, 1.5f, {{3, 3, 0, 0}}};
  if (!frame.view.reduced_motion)
    pen.dash.offset =
        static_cast<float>(static_cast<int>(frame.view.growing.seconds / dash_seconds) % 2) * 3;
  return pen;
}

void addHoverHalo(const TreeFrame& frame, const NodeSketch& sketch, Drawing& drawing) {
  if (sketch.node == frame.view.hovered)
    drawing.items.emplace_back(BoxItem{grown(sketch.box, 4), faded(frame.theme.ring, .35f), {}, 2});
}

void addRings(const TreeFrame& frame, const NodeSketch& sketch, Drawing& drawing) {
  const TreeView& view = frame.view;
  if (isFresh(frame, sketch.node) && sketch.lod >= Lod::tile)
    drawing.items.emplace_back(ring(sketch.box, 3, growingPen(frame)));
  if (view.regrown.contains(sketch.node) && sketch.lod >= Lod::tile)
    drawing.items.emplace_back(ring(sketch.box, 1, {frame.theme.text, 1.5f, {{1.5f, 2, 0, 0}}}));
  if (view.also_selected.contains(sketch.node) && sketch.node != view.selected)
    drawing.items.emplace_back(ring(sketch.box, 4, {frame.theme.ring, 1.5f, {}}));
  if (view.found.contains(sketch.node))
    drawing.items.emplace_back(ring(sketch.box, 0.5f, {frame.theme.warning, 2, {}}));
  if (sketch.node == view.reference) {
    drawing.items.emplace_back(ring(sketch.box, 4, {frame.theme.reference, 2, {{5, 2.5f, 0, 0}}}));
    const Box tag{sketch.box.left - 6, sketch.box.top - 6, 14, 14};
    drawing.items.emplace_back(BoxItem{tag, frame.theme.reference, {}});
    drawing.items.emplace_back(TextItem{tag.centre(), "R", frame.theme.canvas,
                                        TextRole::caption_medium, TextAlign::centre, false,
                                        no_color});
  }
  if (sketch.node == view.selected)
    drawing.items.emplace_back(ring(sketch.box, 4, {frame.theme.ring, 2.5f, {}}));
}

// No node of the other tree stands at its path.
void addUnpaired(const TreeFrame& frame, const NodeSketch& sketch, Drawing& drawing) {
  if (!frame.view.unpaired.contains(sketch.node) || sketch.lod < Lod::tile) return;
  const float share = sketch.lod < Lod::picture ? .35f : .6f;
  drawing.items.emplace_back(HatchItem{sketch.box, 7, {faded(frame.theme.text2, share), 1, {}}});
}

void addStar(const TreeFrame& frame, const NodeSketch& sketch, Drawing& drawing) {
  if (sketch.node != frame.figures.best_leaf || sketch.lod < Lod::tile) return;
  drawing.items.emplace_back(star({sketch.box.right() - 1, sketch.box.top + 1}, 6.5f,
                                  starColor(frame.theme), starRim(frame.theme)));
}

void addBadges(const TreeFrame& frame, const NodeSketch& sketch, Drawing& drawing) {
  const Box& box = sketch.box;
  const auto badge = [&](Icon icon, Point middle) {
    addBadge(drawing, icon, middle, frame.theme.text, frame.theme.canvas);
    drawing.hits.push_back({{middle.x - 10, middle.y - 10, 20, 20}, HitKind::badge, sketch.node});
  };
  if (frame.view.bookmarks.contains(sketch.node)) {
    if (box.width >= badge_from)
      badge(Icon::bookmark, {box.right() - 2, box.top});
    else if (sketch.lod >= Lod::tile)
      addIcon(drawing, Icon::bookmark, {box.right() + 4, box.top}, frame.theme.text);
  }
  if (box.width >= clip_badge_from && clipped(frame, sketch.node))
    badge(Icon::scissors, {box.left - 2, box.top});
}

// "t5.5 · +1.34 · 0.787": id, advantage (value on an ODE step), reward.
std::string captionOf(const TreeFrame& frame, const NodeSketch& sketch) {
  std::string text = nodeName(*frame.record, frame.figures, sketch.node);
  const TreeNode& node = frame.node(sketch.node);
  const double number = std::isnan(node.advantage) ? node.value : node.advantage;
  const double reward = frame.figures.reward[static_cast<std::size_t>(sketch.node)];
  const bool roomy = sketch.box.width >= 112;
  if (!std::isnan(number) && roomy) text += " · " + signedText(number, 2);
  if (!std::isnan(reward)) text += (roomy ? " · " : " · R ") + fixedText(reward, 3);
  return text;
}

void addCaption(const TreeFrame& frame, const NodeSketch& sketch, Drawing& drawing) {
  const bool own_room = lodOf(frame.placed(sketch.node).side * frame.lod_zoom) >= Lod::labelled;
  if (!own_room) return;
  const bool ringed = sketch.node == frame.view.selected || sketch.node == frame.view.reference ||
                      frame.view.also_selected.contains(sketch.node);
  const Point at{sketch.box.centre().x, sketch.box.bottom() + (ringed ? 14.f : 9.f)};
  drawing.items.emplace_back(TextItem{at, captionOf(frame, sketch),
                                      faded(frame.theme.text2, sketch.share), TextRole::caption,
                                      TextAlign::centre, false, no_color});
}

void addHit(const NodeSketch& sketch, Drawing& drawing) {
  const float more = std::max(0.f, (least_hit - sketch.box.width) / 2);
  drawing.hits.push_back({grown(sketch.box, more), HitKind::node, sketch.node});
}

void addNode(const TreeFrame& frame, std::int32_t node, Drawing& drawing) {
  const NodeSketch sketch{node, nodeBox(frame, node), nodeLod(frame, node), edgeLook(frame, node),
                          presence(frame, node)};
  const bool marked = node == frame.view.selected || node == frame.view.reference ||
                      node == frame.view.hovered || frame.view.found.contains(node);
  if (sketch.lod == Lod::strip && !frame.broken(node) && !marked) return;
  addHit(sketch, drawing);
  addHoverHalo(frame, sketch, drawing);
  addBody(frame, sketch, drawing);
  addUnpaired(frame, sketch, drawing);
  addRings(frame, sketch, drawing);
  addStar(frame, sketch, drawing);
  addBadges(frame, sketch, drawing);
  addCaption(frame, sketch, drawing);
}

// A dot of the tail is drawn with its edge; a mark of its own it gets only for what must be seen.
void addTailNode(const TreeFrame& frame, std::int32_t node, Drawing& drawing) {
  if (nodeLod(frame, node) == Lod::strip && !frame.broken(node) && !frame.view.found.contains(node))
    return;
  const NodeSketch sketch{node, grown(nodeBox(frame, node), 2), Lod::dot, edgeLook(frame, node),
                          presence(frame, node)};
  addHit(sketch, drawing);
  addHoverHalo(frame, sketch, drawing);
  if (frame.broken(node)) addSmallDiamond(frame, sketch, drawing);
  addRings(frame, sketch, drawing);
}

}  // namespace

void addNodes(const TreeFrame& frame, Drawing& drawing) {
  for (std::int32_t node = 0; node < frame.count(); ++node) {
    if (!frame.placed(node).shown || !inView(frame, grown(nodeBox(frame, node), reach))) continue;
    if (frame.placed(node).tail)
      addTailNode(frame, node, drawing);
    else
      addNode(frame, node, drawing);
  }
}

}  // namespace treegrpo
