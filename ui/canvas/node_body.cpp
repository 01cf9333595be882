#include "canvas/node_body.h"

#include <algorithm>
#include <cmath>

#include "canvas/marks.h"
#include "canvas/number_text.h"

namespace treegrpo {
namespace {

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
  drawing.items.emplace_back(BoxItem{box, faded(frame.theme.panel, sketch.share), {}});
  addCornerMarks(drawing, box, faded(frame.theme.text2, sketch.share));
  const double reward = frame.figures.reward[static_cast<std::size_t>(sketch.node)];
  if (box.width < 40 || std::isnan(reward)) return;
  drawing.items.emplace_back(TextItem{box.centre(), "R " + fixedText(reward, 2),
                                      faded(frame.theme.text2, sketch.share), TextRole::caption,
                                      TextAlign::centre, false, no_color});
}

// A node of a tree that grows whose picture is not made: its box with the noise that is left in it.
void addUnpictured(const TreeFrame& frame, const NodeSketch& sketch, Drawing& drawing) {
  drawing.items.emplace_back(
      BoxItem{sketch.box, faded(frame.theme.panel, sketch.share), borderOf(frame, sketch)});
  const auto step = static_cast<std::size_t>(frame.node(sketch.node).step);
  if (sketch.box.width < 40 || step >= frame.record->sigmas.size()) return;
  drawing.items.emplace_back(TextItem{sketch.box.centre(),
                                      "σ " + fixedText(frame.record->sigmas[step], 1),
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
  if (image.empty())
    return frame.view.growing.on ? addUnpictured(frame, sketch, drawing)
                                 : addCorners(frame, sketch, drawing);
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

}  // namespace

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

}  // namespace treegrpo
