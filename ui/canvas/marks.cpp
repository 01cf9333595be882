#include "canvas/marks.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace treegrpo {
namespace {

constexpr float badge_side = 20;

void addLine(Drawing& drawing, Point middle, std::vector<Point> points, Color color) {
  for (Point& point : points) point = {middle.x + point.x - 8, middle.y + point.y - 8};
  drawing.items.emplace_back(PolylineItem{std::move(points), {color, 1.5f, {}}});
}

void addRing(Drawing& drawing, Point middle, Point at, float radius, Color color) {
  drawing.items.emplace_back(
      CircleItem{{middle.x + at.x - 8, middle.y + at.y - 8}, radius, no_color, {color, 1.5f, {}}});
}

}  // namespace

Color faded(Color color, float share) {
  color.alpha = static_cast<std::uint8_t>(std::lround(static_cast<float>(color.alpha) * share));
  return color;
}

PolygonItem signMark(Point middle, float half_width, bool positive, Color fill, Pen outline) {
  const float up = positive ? 1.f : -1.f;
  const float foot = middle.y + up * .62f * half_width;
  return {{{middle.x - half_width, foot},
           {middle.x + half_width, foot},
           {middle.x, middle.y - up * .88f * half_width}},
          fill,
          outline};
}

PolygonItem star(Point middle, float radius, Color fill, Color outline) {
  PolygonItem item{{}, fill, {outline, std::max(.5f, radius * .13f), {}}};
  for (int corner = 0; corner < 10; ++corner) {
    const float reach = corner % 2 == 0 ? radius : radius * .45f;
    const float angle = static_cast<float>(corner) * std::numbers::pi_v<float> / 5;
    item.points.push_back({middle.x + reach * std::sin(angle), middle.y - reach * std::cos(angle)});
  }
  return item;
}

PolygonItem expanderMark(Point middle, float half_width, Color fill) {
  return {{{middle.x - half_width * .7f, middle.y - half_width},
           {middle.x + half_width, middle.y},
           {middle.x - half_width * .7f, middle.y + half_width}},
          fill,
          {}};
}

void addIcon(Drawing& drawing, Icon icon, Point middle, Color color) {
  switch (icon) {
    case Icon::scissors:
      addLine(drawing, middle, {{3, 3}, {10.5f, 11}}, color);
      addLine(drawing, middle, {{13, 3}, {5.5f, 11}}, color);
      addRing(drawing, middle, {3.9f, 12.4f}, 1.7f, color);
      addRing(drawing, middle, {12.1f, 12.4f}, 1.7f, color);
      break;
    case Icon::bookmark:
      addLine(
          drawing, middle,
          {{4.2f, 2.5f}, {11.8f, 2.5f}, {11.8f, 13.5f}, {8, 10.4f}, {4.2f, 13.5f}, {4.2f, 2.5f}},
          color);
      break;
    case Icon::diamond:
      addLine(drawing, middle, {{8, 1.8f}, {14.2f, 8}, {8, 14.2f}, {1.8f, 8}, {8, 1.8f}}, color);
      addLine(drawing, middle, {{8, 5}, {8, 8.6f}}, color);
      addLine(drawing, middle, {{8, 10.4f}, {8, 11.4f}}, color);
      break;
  }
}

void addBadge(Drawing& drawing, Icon icon, Point middle, Color color, Color ground) {
  drawing.items.emplace_back(
      BoxItem{{middle.x - badge_side / 2, middle.y - badge_side / 2, badge_side, badge_side},
              ground,
              {color, 1, {}},
              3});
  addIcon(drawing, icon, middle, color);
}

void addCornerMarks(Drawing& drawing, const Box& box, Color color) {
  const float arm = std::min(12.f, box.width / 3);
  for (const float x : {box.left, box.right()})
    for (const float y : {box.top, box.bottom()}) {
      const float in_x = x == box.left ? arm : -arm, in_y = y == box.top ? arm : -arm;
      drawing.items.emplace_back(
          PolylineItem{{{x, y + in_y}, {x, y}, {x + in_x, y}}, {color, 1.5f, {}}});
    }
}

Box grown(const Box& box, float by) {
  return {box.left - by, box.top - by, box.width + 2 * by, box.height + 2 * by};
}

bool overlap(const Box& a, const Box& b) {
  return a.left < b.right() && b.left < a.right() && a.top < b.bottom() && b.top < a.bottom();
}

}  // namespace treegrpo
