#include "canvas/path_geometry.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace treegrpo {
namespace {

float distance(Point a, Point b) { return std::hypot(b.x - a.x, b.y - a.y); }

Point between(Point a, Point b, float part) {
  return {a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part};
}

// Positive if a, b, c turn clockwise on the screen.
float turn(Point a, Point b, Point c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

bool inTriangle(Point point, Point a, Point b, Point c) {
  return turn(a, b, point) >= 0 && turn(b, c, point) >= 0 && turn(c, a, point) >= 0;
}

// Where in a pattern a line stands: which of its lengths, and how much of that is left.
class DashWalk {
 public:
  explicit DashWalk(const Dash& dash) {
    for (const float length : dash.lengths) {
      if (length <= 0) break;
      lengths_.push_back(length);
    }
    const std::size_t given = lengths_.size();
    if (given % 2 == 1)
      for (std::size_t i = 0; i < given; ++i) lengths_.push_back(lengths_[i]);
    const float period = std::accumulate(lengths_.begin(), lengths_.end(), 0.0F);
    left_ = lengths_[0];
    float skip = std::fmod(dash.offset, period);
    if (skip < 0) skip += period;
    for (; skip >= left_; next()) skip -= left_;
    left_ -= skip;
  }

  bool drawn() const { return index_ % 2 == 0; }
  float left() const { return left_; }
  void advance(float way) { left_ -= way; }
  void next() {
    index_ = (index_ + 1) % lengths_.size();
    left_ = lengths_[index_];
  }

 private:
  std::vector<float> lengths_;
  std::size_t index_ = 0;
  float left_ = 0;
};

bool isEar(std::span<const Point> polygon, const std::vector<std::uint32_t>& rest,
           std::size_t before, std::size_t at, std::size_t after) {
  const Point a = polygon[rest[before]], b = polygon[rest[at]], c = polygon[rest[after]];
  if (turn(a, b, c) <= 0) return false;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    if (i == before || i == at || i == after) continue;
    if (inTriangle(polygon[rest[i]], a, b, c)) return false;
  }
  return true;
}

}  // namespace

std::vector<Point> flattened(const CubicItem& cubic) {
  const float way = distance(cubic.from, cubic.control_1) +
                    distance(cubic.control_1, cubic.control_2) +
                    distance(cubic.control_2, cubic.to);
  const int parts = std::clamp(static_cast<int>(std::sqrt(way) * 1.5F), 4, 48);
  std::vector<Point> points;
  points.reserve(static_cast<std::size_t>(parts) + 1);
  for (int i = 0; i <= parts; ++i) {
    const float t = static_cast<float>(i) / static_cast<float>(parts), s = 1 - t;
    const float a = s * s * s, b = 3 * s * s * t, c = 3 * s * t * t, d = t * t * t;
    points.push_back(
        {a * cubic.from.x + b * cubic.control_1.x + c * cubic.control_2.x + d * cubic.to.x,
         a * cubic.from.y + b * cubic.control_1.y + c * cubic.control_2.y + d * cubic.to.y});
  }
  return points;
}

std::vector<std::vector<Point>> dashed(std::span<const Point> line, const Dash& dash) {
  if (dash.solid() || line.size() < 2) return {{line.begin(), line.end()}};
  std::vector<std::vector<Point>> strokes;
  DashWalk walk(dash);
  bool open = false;  // the last stroke goes on
  for (std::size_t i = 1; i < line.size(); ++i) {
    const float length = distance(line[i - 1], line[i]);
    for (float done = 0; done < length;) {
      const float part = std::min(walk.left(), length - done);
      if (walk.drawn()) {
        if (!open) strokes.push_back({between(line[i - 1], line[i], done / length)});
        strokes.back().push_back(between(line[i - 1], line[i], (done + part) / length));
      }
      open = walk.drawn();
      done += part;
      walk.advance(part);
      if (walk.left() > 1e-4F) continue;
      walk.next();
      open = false;
    }
  }
  return strokes;
}

std::vector<std::vector<Point>> partedAtSharpCorners(std::span<const Point> line) {
  std::vector<std::vector<Point>> parts(1);
  for (std::size_t i = 0; i < line.size(); ++i) {
    parts.back().push_back(line[i]);
    if (i == 0 || i + 1 == line.size()) continue;
    const Point a = line[i - 1], b = line[i], c = line[i + 1];
    if ((b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y) < 0) parts.push_back({b});
  }
  return parts;
}

float doubledArea(std::span<const Point> polygon) {
  float area = 0;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const Point a = polygon[i], b = polygon[(i + 1) % polygon.size()];
    area += a.x * b.y - b.x * a.y;
  }
  return area;
}

bool isConvex(std::span<const Point> polygon) {
  bool left = false, right = false;
  const std::size_t count = polygon.size();
  for (std::size_t i = 0; i < count; ++i) {
    const float here = turn(polygon[i], polygon[(i + 1) % count], polygon[(i + 2) % count]);
    left = left || here < 0;
    right = right || here > 0;
  }
  return !(left && right);
}

std::vector<std::array<std::uint32_t, 3>> triangles(std::span<const Point> polygon) {
  std::vector<std::array<std::uint32_t, 3>> made;
  std::vector<std::uint32_t> rest(polygon.size());
  std::iota(rest.begin(), rest.end(), 0U);
  while (rest.size() > 3) {
    const std::size_t count = rest.size();
    std::size_t ear = 0;
    while (ear < count && !isEar(polygon, rest, (ear + count - 1) % count, ear, (ear + 1) % count))
      ++ear;
    if (ear == count) return made;  // it crosses itself
    made.push_back({rest[(ear + count - 1) % count], rest[ear], rest[(ear + 1) % count]});
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(ear));
  }
  if (rest.size() == 3) made.push_back({rest[0], rest[1], rest[2]});
  return made;
}

}  // namespace treegrpo
