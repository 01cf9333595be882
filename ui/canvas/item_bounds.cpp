#include "canvas/item_bounds.h"

#include <algorithm>
#include <array>
#include <span>

#include "style/fonts.h"

namespace treegrpo {
namespace {

QRectF rectOf(const Box& box) { return {box.left, box.top, box.width, box.height}; }

QRectF around(std::span<const Point> points, float margin) {
  if (points.empty()) return {};
  float left = points[0].x, right = left, top = points[0].y, bottom = top;
  for (const Point point : points) {
    left = std::min(left, point.x);
    right = std::max(right, point.x);
    top = std::min(top, point.y);
    bottom = std::max(bottom, point.y);
  }
  return QRectF(left, top, right - left, bottom - top).adjusted(-margin, -margin, margin, margin);
}

// A rectangle that an item does not leave; the text's is generous, since measuring costs more.
struct BoundsOf {
  double text_scale;

  QRectF operator()(const LineItem& item) const {
    return around(std::array{item.from, item.to}, item.pen.width / 2 + 1);
  }
  QRectF operator()(const CubicItem& item) const {
    return around(std::array{item.from, item.control_1, item.control_2, item.to},
                  item.pen.width / 2 + 1);
  }
  QRectF operator()(const PolylineItem& item) const {
    return around(item.points, item.pen.width + 1);
  }
  QRectF operator()(const PolygonItem& item) const {
    return around(item.points, 4 * item.pen.width + 1);  // corners are mitred
  }
  QRectF operator()(const BoxItem& item) const { return rectOf(item.box).adjusted(-1, -1, 1, 1); }
  QRectF operator()(const CircleItem& item) const {
    return around(std::array{item.centre}, item.radius + item.pen.width / 2 + 1);
  }
  QRectF operator()(const ImageItem& item) const { return rectOf(item.box).adjusted(-1, -1, 1, 1); }
  QRectF operator()(const HatchItem& item) const { return rectOf(item.box); }
  QRectF operator()(const TextItem& item) const {
    const double size = pixelSize(item.role) * std::max(1.0, text_scale);
    const double length = size * 1.5 * static_cast<double>(item.text.size() + 1);
    return {item.at.x - length, item.at.y - 2 * size, 2 * length, 4 * size};
  }
};

}  // namespace

QRectF boundsOf(const DrawingItem& item, double text_scale) {
  return std::visit(BoundsOf{text_scale}, item);
}

}  // namespace treegrpo
