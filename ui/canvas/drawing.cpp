#include "canvas/drawing.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "style/theme.h"

namespace treegrpo {
namespace {

std::string tenth(float value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", static_cast<double>(value));
  std::string rounded = text;
  if (rounded.ends_with(".0")) rounded.resize(rounded.size() - 2);
  return rounded == "-0" ? "0" : rounded;
}

std::string textOf(Point point) { return " " + tenth(point.x) + "," + tenth(point.y); }

std::string textOf(const Box& box) {
  return textOf(Point{box.left, box.top}) + " " + tenth(box.width) + "x" + tenth(box.height);
}

std::string textOf(const Pen& pen) {
  if (pen.width == 0) return "";
  std::string text = " pen " + hexOf(pen.color) + " " + tenth(pen.width);
  if (pen.dash.solid()) return text;
  text += " dash";
  for (const float length : pen.dash.lengths)
    if (length > 0) text += " " + tenth(length);
  if (pen.dash.offset != 0) text += " from " + tenth(pen.dash.offset);
  return text;
}

std::string fillText(Color fill) { return fill.alpha == 0 ? "" : " fill " + hexOf(fill); }

std::string textOf(const std::vector<Point>& points) {
  std::string text;
  for (const Point point : points) text += textOf(point);
  return text;
}

const char* nameOf(TextRole role) {
  constexpr const char* names[] = {"caption",     "caption_medium", "table",  "body",
                                   "body_strong", "heading",        "figure", "mono"};
  return names[static_cast<std::size_t>(role)];
}

const char* nameOf(TextAlign align) {
  constexpr const char* names[] = {"left", "centre", "right"};
  return names[static_cast<std::size_t>(align)];
}

struct ItemText {
  std::string operator()(const LineItem& item) const {
    return "line" + textOf(item.from) + textOf(item.to) + textOf(item.pen);
  }
  std::string operator()(const CubicItem& item) const {
    return "cubic" + textOf(item.from) + textOf(item.control_1) + textOf(item.control_2) +
           textOf(item.to) + textOf(item.pen);
  }
  std::string operator()(const PolylineItem& item) const {
    return "polyline" + textOf(item.points) + textOf(item.pen);
  }
  std::string operator()(const PolygonItem& item) const {
    return "polygon" + textOf(item.points) + fillText(item.fill) + textOf(item.pen);
  }
  std::string operator()(const BoxItem& item) const {
    return "box" + textOf(item.box) + fillText(item.fill) + textOf(item.pen) +
           (item.radius > 0 ? " radius " + tenth(item.radius) : "");
  }
  std::string operator()(const CircleItem& item) const {
    return "circle" + textOf(item.centre) + " r " + tenth(item.radius) + fillText(item.fill) +
           textOf(item.pen);
  }
  std::string operator()(const ImageItem& item) const {
    const int width = item.image ? item.image->width : 0;
    const int height = item.image ? item.image->height : 0;
    return "image" + textOf(item.box) + " of " + std::to_string(width) + "x" +
           std::to_string(height) + (item.smooth ? " smooth" : "") +
           (item.opacity < 1 ? " opacity " + tenth(item.opacity) : "");
  }
  std::string operator()(const HatchItem& item) const {
    return "hatch" + textOf(item.box) + " every " + tenth(item.spacing) + textOf(item.pen);
  }
  std::string operator()(const TextItem& item) const {
    return "text" + textOf(item.at) + " \"" + item.text + "\" " + hexOf(item.color) + " " +
           nameOf(item.role) + " " + nameOf(item.align) + (item.italic ? " italic" : "") +
           (item.halo.alpha > 0 ? " halo " + hexOf(item.halo) : "");
  }
};

}  // namespace

const HitBox* Drawing::hitAt(Point point) const {
  const auto hit = std::find_if(hits.rbegin(), hits.rend(),
                                [&](const HitBox& one) { return one.box.contains(point); });
  return hit == hits.rend() ? nullptr : &*hit;
}

std::string textOf(const Drawing& drawing) {
  std::string text;
  for (const DrawingItem& item : drawing.items) text += std::visit(ItemText{}, item) + "\n";
  return text;
}

}  // namespace treegrpo
