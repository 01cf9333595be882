// Nodes: body by level of detail and state, border, rings, badges, labels, hit boxes.
#include <algorithm>
#include <cmath>

#include "canvas/marks.h"
#include "canvas/number_text.h"
#include "canvas/tree_parts.h"

namespace treegrpo {
namespace {

constexpr float reach = 96;       // how far rings, badges and labels stand out of a node
constexpr float least_hit = 10;   // side of a hit box
constexpr float badge_from = 28;  // least side with a badge outside it
constexpr float clip_badge_from = 56;
constexpr float dash_seconds = .25f;  // the dashes of growth go on by one

struct NodeSketch {
  std::int32_t node;
  Box box;
  Lod lod;
  EdgeLook edge;
  float share;  // of opacity
};

// The shared picture of a node: the record lives as long as the drawing, and no byte is copied.
std::shared_ptr<const Image> imageOf(const TreeFrame& frame, std::int32_t node) {
  return {frame.record, &frame.node(node).image};
}

// Mean of at most 16 × 16 pixels spread over the picture.
Color meanColor(const Image& image) {
  std::int64_t sum[3] = {0, 0, 0}, count = 0;
  const int across = std::max(1, image.width / 16), down = std::max(1, image.height / 16);
  for (int y = down / 2; y < image.height; y += down)
    for (int x = across / 2; x < image.width; x += across) {
      const std::size_t at =
          3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
               static_cast<std::size_t>(x));
      for (std::size_t channel = 0; channel < 3; ++channel) sum[channel] += image.rgb[at + channel];
      ++count;
    }
  const auto mean = [&](int channel) {
    return static_cast<std::uint8_t>(sum[channel] / std::max<std::int64_t>(1, count));
  };
  return {mean(0), mean(1), mean(2)};
}

bool isFresh(const TreeFrame& frame, std::int32_t node) {
  return frame.view.growing.on && node >= frame.view.growing.first_new;
}

Pen borderOf(const TreeFrame& frame, const NodeSketch& sketch) {
  const bool small = sketch.box.width < 24;
  if (frame.broken(sketch.node)) return {frame.theme.error, 2, {}};
  const bool sde = frame.node(sketch.node).kind == NodeKind::sde;
  const bool leaf = frame.record->is_leaf(static_cast<std::size_t>(sketch.node));
  Pen pen{sde ? sketch.edge.color : frame.theme.neutral,
          small || sketch.lod < Lod::picture ? 1 : 1.5f,
          {}};
  if (!sde && !leaf && !small) pen.dash = {{3, 2, 0, 0}};
  pen.color = faded(pen.color, sketch.share);
  return pen;
}

// The colour that stands for a node too small for its picture.
Color dotColor(const TreeFrame& frame, const NodeSketch& sketch) {
  if (frame.broken(sketch.node)) return frame.theme.error;
  if (!frame.record->is_leaf(static_cast<std::size_t>(sketch.node))) return sketch.edge.color;
  if (frame.view.overlay == Overlay::reward)
    return sequentialColor(frame.theme, overlayValue(frame, sketch.node), overlayRange(frame).least,
                           overlayRange(frame).most);
  const bool known = frame.figures.credited && frame.view.overlay == Overlay::advantage;
  return known ? divergingColor(frame.theme, leafAdvantage(frame, sketch.node), limitOf(frame))
               : frame.theme.neutral;
}

double signedValue(const TreeFrame& frame, std::int32_t node) {
  if (frame.view.overlay != Overlay::advantage || !frame.figures.credited) return no_value;
  return frame.record->is_leaf(static_cast<std::size_t>(node)) ? leafAdvantage(frame, node)
                                                               : frame.node(node).advantage;
}

void addDot(const TreeFrame& frame, const NodeSketch& sketch, Drawing& drawing) {
  const Point middle = sketch.box.centre();
  const float side = frame.placed(sketch.node).side * frame.lod_zoom;
  const float radius = std::clamp(side / 2, 1.5f, 3.5f);
  drawing.items.emplace_back(
      CircleItem{middle, radius, faded(dotColor(frame, sketch), sketch.share), {}});
  const double value = signedValue(frame, sketch.node);
  if (side < 6 || std::isnan(value) || value == 0) return;
  const Pen cut{frame.theme.canvas, 1.1f, {}};
  drawing.items.emplace_back(
      LineItem{{middle.x - 2.4f, middle.y}, {middle.x + 2.4f, middle.y}, cut});
  if (value > 0)
    drawing.items.emplace_back(
        LineItem{{middle.x, middle.y - 2.4f}, {middle.x, middle.y + 2.4f}, cut});
}

// Too small for a hatch: a diamond in `error`, whatever the zoom.
void addSmallDiamond(const TreeFrame& frame, const NodeSketch& sketch, Drawing& drawing) {
  const Point middle = sketch.box.centre();
  constexpr float half = 4;
  drawing.items.emplace_back(PolygonItem{{{middle.x, middle.y - half},
                                          {middle.x + half, middle.y},
                                          {middle.x, middle.y + half},
                                          {middle.x - half, middle.y}},
                                         frame.theme.error,
                                         {frame.theme.canvas, 1, {}}});
}

void addTile(const TreeFrame& frame, const NodeSketch& sketch, Drawing& drawing) {
  const Image& image = frame.node(sketch.node).image;
  const Color fill = image.empty() ? frame.theme.panel : meanColor(image);
  Pen border = borderOf(frame, sketch);
  border.dash = {};
  drawing.items.emplace_back(BoxItem{sketch.box, faded(fill, sketch.share), border});
}

void addHatch(const TreeFrame& frame, const NodeSketch& sketch, Drawing& drawing) {
  drawing.items.emplace_back(BoxItem{sketch.box, frame.theme.panel, {}});
  drawing.items.emplace_back(HatchItem{sketch.box, 6, {frame.theme.error, 1, {}}});
  drawing.items.emplace_back(BoxItem{sketch.box, no_color, borderOf(frame, sketch)});
  if (sketch.box.width >= 24)
    addBadge(drawing, Icon::diamond, sketch.box.centre(), frame.theme.error, frame.theme.canvas);
}

// A picture that was thinned out of the store: corner marks, and its reward where that is known.
void addCorners(const TreeFrame& frame, const NodeSketch& sketch, Drawing& drawing) {
  const Box& box = sketch.box;
  const float arm = std::min(12.f, box.width / 3);
  const Pen pen{faded(frame.theme.text2, sketch.share), 1.5f, {}};
  drawing.items.emplace_back(BoxItem{box, faded(frame.theme.panel, sketch.share), {}});
  for (const float x : {box.left, box.right()})
    for (const float y : {box.top, box.bottom()}) {
      const float in_x = x == box.left ? arm : -arm, in_y = y == box.top ? arm : -arm;
      drawing.items.emplace_back(PolylineItem{{{x, y + in_y}, {x, y}, {x + in_x, y}}, pen});
    }
  const double reward = frame.figures.reward[static_cast<std::size_t>(sketch.node)];
  if (box.width < 40 || std::isnan(reward)) return;
  drawing.items.emplace_back(TextItem{box.centre(), "R " + fixedText(reward, 2),
                                      faded(frame.theme.text2, sketch.share), TextRole::caption,
                                      TextAlign::centre, false, no_color});
}

// At an integer scale within its box where there is room for one.
Box imageBox(const NodeSketch& sketch, const Image& image) {
  const auto width = static_cast<float>(image.width), height = static_cast<float>(image.height);
  float scale = std::min(sketch.box.width / width, sketch.box.height / height);
  if (sketch.lod == Lod::full && scale >= 1) scale = std::floor(scale);
  const Point middle = sketch.box.centre();
  return {middle.x - width * scale / 2, middle.y - height * scale / 2, width * scale,
          height * scale};
}

void addPixelGrid(const TreeFrame& frame, const Box& box, const Image& image, Drawing& drawing) {
  const float pixel = box.width / static_cast<float>(image.width);
  if (pixel < 16) return;
  const Pen pen{frame.theme.grid, 1, {}};
  for (int column = 1; column < image.width; ++column) {
    const float x = box.left + pixel * static_cast<float>(column);
    drawing.items.emplace_back(LineItem{{x, box.top}, {x, box.bottom()}, pen});
  }
  for (int row = 1; row < image.height; ++row) {
    const float y = box.top + pixel * static_cast<float>(row);
    drawing.items.emplace_back(LineItem{{box.left, y}, {box.right(), y}, pen});
  }
}

void addPicture(const TreeFrame& frame, const NodeSketch& sketch, Drawing& drawing) {
  const Image& image = frame.node(sketch.node).image;
  if (image.empty()) return addCorners(frame, sketch, drawing);
  const Box box = imageBox(sketch, image);
  const bool smooth = box.width < static_cast<float>(image.width);
  drawing.items.emplace_back(ImageItem{box, imageOf(frame, sketch.node), smooth, sketch.share});
  if (sketch.lod == Lod::full) addPixelGrid(frame, box, image, drawing);
  drawing.items.emplace_back(BoxItem{sketch.box, no_color, borderOf(frame, sketch)});
}

void addSheets(const TreeFrame& frame, const NodeSketch& sketch, Drawing& drawing) {
  for (const float out : {8.f, 4.f})
    drawing.items.emplace_back(
        BoxItem{{sketch.box.left + out, sketch.box.top - out, sketch.box.width, sketch.box.height},
                frame.theme.panel,
                {frame.theme.neutral, 1, {}}});
}

std::string collapsedText(const TreeFrame& frame, std::int32_t node) {
  const auto at = static_cast<std::size_t>(node);
  std::string text = std::to_string(frame.figures.leaf_count[at]);
  const double best = frame.figures.best_below[at];
  return std::isnan(best) ? text : text + " · " + fixedText(best, 2);
}

// "▸ 9 · 0.90": on the foot of the picture where that is wide enough, else beside it.
void addCollapsedLabel(const TreeFrame& frame, const NodeSketch& sketch, Drawing& drawing) {
  const std::string text = collapsedText(frame, sketch.node);
  const float width = 22 + 5.6f * static_cast<float>(text.size());
  const bool inside = sketch.box.width >= width;
  const Box label = inside ? Box{sketch.box.left, sketch.box.bottom() - 16, sketch.box.width, 16}
                           : Box{sketch.box.right() + 12, sketch.box.centre().y - 8, width, 16};
  const float left = label.left + (label.width - width) / 2 + 8;
  drawing.items.emplace_back(BoxItem{label, faded(frame.theme.panel, .92f), {}});
  drawing.items.emplace_back(expanderMark({left, label.centre().y}, 3.5f, frame.theme.text));
  drawing.items.emplace_back(TextItem{{left + 8, label.centre().y},
                                      text,
                                      frame.theme.text,
                                      TextRole::caption_medium,
                                      TextAlign::left,
                                      false,
                                      no_color});
  drawing.hits.push_back({label, HitKind::expander, sketch.node});
}

void addBody(const TreeFrame& frame, const NodeSketch& sketch, Drawing& drawing) {
  const bool broken = frame.broken(sketch.node);
  const bool collapsed = frame.placed(sketch.node).collapsed;
  if (sketch.lod <= Lod::dot) {
    if (broken)
      addSmallDiamond(frame, sketch, drawing);
    else if (sketch.lod == Lod::dot)
      addDot(frame, sketch, drawing);
    return;
  }
  if (collapsed) addSheets(frame, sketch, drawing);
  if (broken)
    addHatch(frame, sketch, drawing);
  else if (sketch.lod == Lod::tile)
    addTile(frame, sketch, drawing);
  else
    addPicture(frame, sketch, drawing);
  if (collapsed) addCollapsedLabel(frame, sketch, drawing);
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
  if (view.also_selected.contains(sketch.node) && sketch.node != view.selected)
    drawing.items.emplace_back(ring(sketch.box, 4, {frame.theme.ring, 1.5f, {}}));
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

void addStar(const TreeFrame& frame, const NodeSketch& sketch, Drawing& drawing) {
  if (sketch.node != frame.figures.best_leaf || sketch.lod < Lod::tile) return;
  const bool dark = frame.theme.kind == ThemeKind::dark;
  drawing.items.emplace_back(star({sketch.box.right() - 1, sketch.box.top + 1}, 6.5f,
                                  dark ? frame.theme.warning : Color{0xF0, 0xC0, 0x00},
                                  dark ? frame.theme.canvas : frame.theme.text));
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
  const bool marked =
      node == frame.view.selected || node == frame.view.reference || node == frame.view.hovered;
  if (sketch.lod == Lod::strip && !frame.broken(node) && !marked) return;
  addHit(sketch, drawing);
  addHoverHalo(frame, sketch, drawing);
  addBody(frame, sketch, drawing);
  addRings(frame, sketch, drawing);
  addStar(frame, sketch, drawing);
  addBadges(frame, sketch, drawing);
  addCaption(frame, sketch, drawing);
}

// A dot of the tail is drawn with its edge; a mark of its own it gets only for what must be seen.
void addTailNode(const TreeFrame& frame, std::int32_t node, Drawing& drawing) {
  if (nodeLod(frame, node) == Lod::strip && !frame.broken(node)) return;
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
