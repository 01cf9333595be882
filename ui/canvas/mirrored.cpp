#include "canvas/mirrored.h"

#include <variant>

namespace treegrpo {
namespace {

class Mirror {
 public:
  explicit Mirror(float width) : width_(width) {}

  void turn(Point& point) const { point.x = width_ - point.x; }
  void turn(Box& box) const { box.left = width_ - box.right(); }

  void operator()(LineItem& line) const {
    turn(line.from);
    turn(line.to);
  }
  void operator()(CubicItem& cubic) const {
    for (Point* point : {&cubic.from, &cubic.control_1, &cubic.control_2, &cubic.to}) turn(*point);
  }
  void operator()(PolylineItem& line) const {
    for (Point& point : line.points) turn(point);
  }
  void operator()(PolygonItem& polygon) const {
    for (Point& point : polygon.points) turn(point);
  }
  void operator()(BoxItem& item) const { turn(item.box); }
  void operator()(CircleItem& circle) const { turn(circle.centre); }
  void operator()(ImageItem& item) const { turn(item.box); }
  void operator()(HatchItem& item) const { turn(item.box); }
  void operator()(TextItem& text) const {
    turn(text.at);
    if (text.align != TextAlign::centre)
      text.align = text.align == TextAlign::left ? TextAlign::right : TextAlign::left;
  }

 private:
  float width_;
};

}  // namespace

Drawing mirrored(Drawing drawing, float width) {
  const Mirror mirror(width);
  for (DrawingItem& item : drawing.items) std::visit(mirror, item);
  for (HitBox& hit : drawing.hits) mirror.turn(hit.box);
  mirror.turn(drawing.extent);
  return drawing;
}

}  // namespace treegrpo
