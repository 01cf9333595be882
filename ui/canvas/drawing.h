// What a canvas shows, as plain data: shapes, text and images in paint order, with hit boxes. Made
// from records by tree_drawing, path_drawing, curve_drawing; painted on a screen without GL, into a
// file or in a test by the raster painter, and on GL by the ImGui painter. Neither Qt nor ImGui
// here, so a layout is tested as text and exported as it was drawn.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "record/image.h"
#include "style/color.h"
#include "style/text_role.h"

namespace treegrpo {

// In device-independent pixels, x to the right, y down.
struct Point {
  float x = 0, y = 0;
  bool operator==(const Point&) const = default;
};

struct Box {
  float left = 0, top = 0, width = 0, height = 0;
  bool operator==(const Box&) const = default;
  float right() const { return left + width; }
  float bottom() const { return top + height; }
  Point centre() const { return {left + width / 2, top + height / 2}; }
  bool contains(Point point) const {
    return point.x >= left && point.x < right() && point.y >= top && point.y < bottom();
  }
};

// Lengths of line and gap in turn, pixels; at most four, 0 ends them. All 0: solid.
struct Dash {
  float lengths[4] = {0, 0, 0, 0};
  float offset = 0;  // where in the pattern it starts
  bool operator==(const Dash&) const = default;
  bool solid() const { return lengths[0] == 0; }
};

struct Pen {
  Color color;
  float width = 0;  // 0: no line
  Dash dash = {};
  bool operator==(const Pen&) const = default;
};

struct LineItem {
  Point from, to;
  Pen pen;
};
struct CubicItem {
  Point from, control_1, control_2, to;
  Pen pen;
};
struct PolylineItem {
  std::vector<Point> points;
  Pen pen;
};
struct PolygonItem {
  std::vector<Point> points;
  Color fill = no_color;
  Pen pen = {};
};
struct BoxItem {
  Box box;
  Color fill = no_color;
  Pen pen = {};  // drawn inside the box
  float radius = 0;
};
struct CircleItem {
  Point centre;
  float radius = 0;
  Color fill = no_color;
  Pen pen = {};
};
// One picture; `smooth` averages (below its own size), else each pixel stays a square.
struct ImageItem {
  Box box;
  std::shared_ptr<const Image> image;
  bool smooth = false;
  float opacity = 1;
};
// 45° lines over a box.
struct HatchItem {
  Box box;
  float spacing = 6;
  Pen pen;
};

enum class TextAlign : std::uint8_t { left, centre, right };
struct TextItem {
  Point at;  // left, middle or right end of the line by `align`; half the height of its capitals
  std::string text;  // UTF-8, one line
  Color color;
  TextRole role = TextRole::caption;
  TextAlign align = TextAlign::left;
  bool italic = false;
  Color halo = no_color;  // a rim 1.5 px wide around the letters, for text that crosses lines
};

using DrawingItem = std::variant<LineItem, CubicItem, PolylineItem, PolygonItem, BoxItem,
                                 CircleItem, ImageItem, HatchItem, TextItem>;

// What lies under the mouse there. Later boxes lie on top.
enum class HitKind : std::uint8_t { node, edge, step, legend, expander, badge };
struct HitBox {
  Box box;
  HitKind kind = HitKind::node;
  std::int32_t target = 0;  // node id (an edge is named by its child), step, or legend entry
};

struct Drawing {
  std::vector<DrawingItem> items;
  std::vector<HitBox> hits;
  Box extent;  // what all of it fills

  // The topmost hit box at a point; nothing elsewhere.
  const HitBox* hitAt(Point point) const;
};

// A line an item, "box 10,20 38x38 fill #15171A pen #757D87 1.5 dash 3 2", numbers rounded to a
// tenth of a pixel: what tests compare.
std::string textOf(const Drawing& drawing);

}  // namespace treegrpo
