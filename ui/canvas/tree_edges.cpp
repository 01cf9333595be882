// Edges: halo of the path, curves in order of strength, sign marks, numbers.
#include <algorithm>
#include <cmath>

#include "canvas/marks.h"
#include "canvas/tree_parts.h"

namespace treegrpo {
namespace {

constexpr float mark_at = .72f;   // late on the edge, where siblings have parted
constexpr float mark_rim = 1.9f;  // of half-width: 1 px around the triangle
constexpr float halo_share = .22f;
constexpr float scissors_gap = 18;
constexpr float number_side = 30, number_row = 14;  // the least node and row that get a number

struct Curve {
  Point from, to;
  bool straight() const { return std::abs(from.y - to.y) < .3f; }
  float middle() const { return (from.x + to.x) / 2; }
  Point at(float t) const {
    const float u = 1 - t;
    const float inner = 3 * u * u * t + 3 * u * t * t;
    return {from.x * u * u * u + middle() * inner + to.x * t * t * t,
            from.y * (u * u * u + 3 * u * u * t) + to.y * (3 * u * t * t + t * t * t)};
  }
};

Curve curveInto(const TreeFrame& frame, std::int32_t node) {
  const std::int32_t parent = frame.node(node).parent;
  const PlacedNode& from = frame.placed(parent);
  const PlacedNode& to = frame.placed(node);
  return {screenOf(frame.view, Point{from.at.x + (from.tail ? 0 : from.side / 2), from.at.y}),
          screenOf(frame.view, Point{to.at.x - (to.tail ? 0 : to.side / 2), to.at.y})};
}

DrawingItem itemOf(const Curve& curve, const Pen& pen) {
  if (curve.straight()) return LineItem{curve.from, {curve.to.x, curve.from.y}, pen};
  return CubicItem{
      curve.from, {curve.middle(), curve.from.y}, {curve.middle(), curve.to.y}, curve.to, pen};
}

Point between(Point a, Point b, float t) { return {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t}; }

// The piece of a curve from its beginning to t (de Casteljau).
CubicItem firstPart(const CubicItem& curve, float t) {
  const Point a = between(curve.from, curve.control_1, t);
  const Point b = between(curve.control_1, curve.control_2, t);
  const Point c = between(curve.control_2, curve.to, t);
  const Point ab = between(a, b, t), bc = between(b, c, t);
  return {curve.from, a, ab, between(ab, bc, t), curve.pen};
}

CubicItem reversed(const CubicItem& curve) {
  return {curve.to, curve.control_2, curve.control_1, curve.from, curve.pen};
}

// A clipped edge: open at a place, with scissors in the gap.
void addCut(const TreeFrame& frame, const Curve& curve, float place, const Pen& pen,
            Drawing& drawing) {
  const float length = std::hypot(curve.to.x - curve.from.x, curve.to.y - curve.from.y);
  const float open = std::min(.1f, scissors_gap / 2 / std::max(1.f, length));
  const CubicItem whole{
      curve.from, {curve.middle(), curve.from.y}, {curve.middle(), curve.to.y}, curve.to, pen};
  drawing.items.emplace_back(firstPart(whole, place - open));
  drawing.items.emplace_back(reversed(firstPart(reversed(whole), 1 - place - open)));
  addIcon(drawing, Icon::scissors, curve.at(place), frame.theme.text);
}

struct VisibleEdge {
  std::int32_t node;
  Curve curve;
  EdgeLook look;
};

Box boundsOf(const Curve& curve) {
  return grown({std::min(curve.from.x, curve.to.x), std::min(curve.from.y, curve.to.y),
                std::abs(curve.to.x - curve.from.x), std::abs(curve.to.y - curve.from.y)},
               16);
}

bool hasEdge(const TreeFrame& frame, std::int32_t node) {
  const std::int32_t parent = frame.node(node).parent;
  return parent >= 0 && frame.placed(node).shown && frame.placed(parent).shown;
}

std::vector<VisibleEdge> visibleEdges(const TreeFrame& frame) {
  std::vector<VisibleEdge> edges;
  for (std::int32_t node = 0; node < frame.count(); ++node) {
    if (!hasEdge(frame, node)) continue;
    if (nodeLod(frame, node) == Lod::strip && !frame.broken(node)) continue;
    const Curve curve = curveInto(frame, node);
    if (inView(frame, boundsOf(curve))) edges.push_back({node, curve, edgeLook(frame, node)});
  }
  return edges;
}

// Weakest first, so that the strongest lies on top; of equals in node order.
std::vector<const VisibleEdge*> byStrength(const std::vector<VisibleEdge>& edges) {
  std::vector<const VisibleEdge*> order;
  order.reserve(edges.size());
  for (const VisibleEdge& edge : edges) order.push_back(&edge);
  std::sort(order.begin(), order.end(), [](const VisibleEdge* a, const VisibleEdge* b) {
    return a->look.weight != b->look.weight ? a->look.weight < b->look.weight : a->node < b->node;
  });
  return order;
}

void addHalo(const TreeFrame& frame, const VisibleEdge& edge, Drawing& drawing) {
  const auto at = static_cast<std::size_t>(edge.node);
  if (!frame.on_path[at] && !frame.on_hover[at]) return;
  const float width = edge.look.kind == EdgeLook::Kind::ode ? 6.f : 9.f;
  drawing.items.push_back(itemOf(edge.curve, {faded(frame.theme.ring, halo_share), width, {}}));
}

// In the middle, or before the child where siblings stand too close to have parted there.
float cutPlace(const TreeFrame& frame, std::int32_t node) {
  const float row = screenRow(frame) * static_cast<float>(frame.placed(node).rows);
  return row < 2 * scissors_gap ? .87f : .5f;
}

void addCurve(const TreeFrame& frame, const VisibleEdge& edge, Drawing& drawing) {
  const float share = presence(frame, edge.node);
  Pen pen{faded(edge.look.color, share), edge.look.width, edge.look.dash};
  const Lod lod = nodeLod(frame, edge.node);
  if (lod == Lod::dot && edge.look.kind == EdgeLook::Kind::valued) pen.width = 1.5f;
  const float across = edge.curve.to.x - edge.curve.from.x;
  if (lod >= Lod::picture && across > 2 * scissors_gap && clipped(frame, edge.node))
    addCut(frame, edge.curve, cutPlace(frame, edge.node), pen, drawing);
  else
    drawing.items.push_back(itemOf(edge.curve, pen));
  if (frame.placed(edge.node).tail)
    drawing.items.emplace_back(
        CircleItem{edge.curve.to, 1.7f, faded(frame.theme.neutral, share), {}});
}

// Which way a mark points: up, down, or none where there is no sign.
int signOf(const TreeFrame& frame, const VisibleEdge& edge) {
  if (edge.look.kind != EdgeLook::Kind::valued || !overlaySigned(frame.view.overlay)) return 0;
  const double middle = frame.view.overlay == Overlay::ratio ? 1 : 0;
  return edge.look.value > middle ? 1 : edge.look.value < middle ? -1 : 0;
}

void addMark(const TreeFrame& frame, const VisibleEdge& edge, Drawing& drawing) {
  const int sign = signOf(frame, edge);
  if (sign == 0 || nodeLod(frame, edge.node) < Lod::picture) return;
  const float share = presence(frame, edge.node);
  const bool last_level = frame.node(edge.node).step > frame.layout.noisy.last;
  const float half_width = last_level ? 3.2f : 4.2f;
  const Point at = edge.curve.at(mark_at);
  drawing.items.emplace_back(
      signMark(at, half_width + mark_rim, sign > 0, faded(frame.theme.band, share)));
  drawing.items.emplace_back(signMark(at, half_width, sign > 0, faded(edge.look.color, share)));
}

std::string numberOf(const TreeFrame& frame, const VisibleEdge& edge) {
  if (edge.look.kind == EdgeLook::Kind::broken) return "NaN";
  if (edge.look.kind != EdgeLook::Kind::valued) return {};
  return overlayText(frame.view.overlay, edge.look.value);
}

Color numberColor(const TreeFrame& frame, const VisibleEdge& edge) {
  if (edge.look.kind == EdgeLook::Kind::broken) return frame.theme.error;
  const int sign = signOf(frame, edge);
  return sign == 0 ? frame.theme.text2 : signText(frame.theme, sign);
}

// Left of the child, above an edge that comes from below, below one that comes from above.
void addNumber(const TreeFrame& frame, const VisibleEdge& edge, Drawing& drawing) {
  const PlacedNode& placed = frame.placed(edge.node);
  const float row = screenRow(frame) * static_cast<float>(placed.rows);
  if (nodeLod(frame, edge.node) < Lod::picture || row < number_row ||
      placed.side * frame.lod_zoom < number_side)
    return;
  std::string text = numberOf(frame, edge);
  if (text.empty()) return;
  const bool ringed = edge.node == frame.view.selected || edge.node == frame.view.reference;
  const bool from_below = edge.curve.from.y >= edge.curve.to.y - .5f;
  const float share = presence(frame, edge.node);
  const Point at{edge.curve.to.x - (ringed ? 11.f : 7.f),
                 edge.curve.to.y + (from_below ? -10.f : 9.3f)};
  const float width = 7.f * static_cast<float>(text.size());
  drawing.hits.push_back({{at.x - width, at.y - 7, width, 14}, HitKind::edge, edge.node});
  drawing.items.emplace_back(TextItem{at, std::move(text), faded(numberColor(frame, edge), share),
                                      TextRole::caption_medium, TextAlign::right, false,
                                      faded(frame.theme.band, share)});
}

// Where an edge answers to the pointer: from its mark to its child.
void addHit(const TreeFrame& frame, const VisibleEdge& edge, Drawing& drawing) {
  if (nodeLod(frame, edge.node) < Lod::tile) return;
  const Point mark = edge.curve.at(mark_at);
  const float reach = std::min(6.f, screenRow(frame) / 2);
  const float top = std::min(mark.y, edge.curve.to.y) - reach;
  const float bottom = std::max(mark.y, edge.curve.to.y) + reach;
  const float left = mark.x - 6;
  drawing.hits.push_back(
      {{left, top, std::max(1.f, edge.curve.to.x - left), bottom - top}, HitKind::edge, edge.node});
}

}  // namespace

void addEdges(const TreeFrame& frame, Drawing& drawing) {
  const std::vector<VisibleEdge> edges = visibleEdges(frame);
  drawing.items.reserve(drawing.items.size() + 6 * edges.size() + 200);
  drawing.hits.reserve(drawing.hits.size() + 3 * edges.size() + 50);
  for (const VisibleEdge& edge : edges) addHalo(frame, edge, drawing);
  for (const VisibleEdge* edge : byStrength(edges)) addCurve(frame, *edge, drawing);
  for (const VisibleEdge& edge : edges) addMark(frame, edge, drawing);
  for (const VisibleEdge& edge : edges) addHit(frame, edge, drawing);
  for (const VisibleEdge& edge : edges) addNumber(frame, edge, drawing);
}

}  // namespace treegrpo
