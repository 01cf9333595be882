#include <QtTest>
#include <cmath>

#include "canvas/path_geometry.h"

using namespace treegrpo;

namespace {

float lengthOf(const std::vector<Point>& line) {
  float length = 0;
  for (std::size_t i = 1; i < line.size(); ++i)
    length += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
  return length;
}

std::vector<float> dashLengths(const std::vector<Point>& line, const Dash& dash) {
  std::vector<float> lengths;
  for (const auto& stroke : dashed(line, dash)) lengths.push_back(lengthOf(stroke));
  return lengths;
}

bool near(const std::vector<float>& a, const std::vector<float>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (std::abs(a[i] - b[i]) > 1e-3F) return false;
  return true;
}

std::vector<Point> star() {
  std::vector<Point> points;
  for (int i = 0; i < 10; ++i) {
    const float angle = 3.14159265F * static_cast<float>(i) / 5;
    const float radius = i % 2 == 0 ? 10.0F : 4.0F;
    points.push_back({radius * std::cos(angle), radius * std::sin(angle)});
  }
  return points;
}

}  // namespace

class TestPathGeometry : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_flattened_cubic_keeps_its_ends_and_its_middle() {
    const auto points = flattened({{0, 0}, {40, 0}, {40, 80}, {80, 80}, {}});
    QCOMPARE(points.front(), (Point{0, 0}));
    QCOMPARE(points.back(), (Point{80, 80}));
    float nearest = 1000;
    for (std::size_t i = 1; i < points.size(); ++i)  // the curve goes through (40, 40)
      nearest = std::min(nearest, std::hypot((points[i].x + points[i - 1].x) / 2 - 40,
                                             (points[i].y + points[i - 1].y) / 2 - 40));
    QVERIFY(nearest < 8);
    QVERIFY(points.size() > 8);
  }

  void dashes_are_lengths_of_line_and_gap() {
    QVERIFY(near(dashLengths({{0, 0}, {20, 0}}, {{6, 3}}), {6, 6, 2}));
    QVERIFY(near(dashLengths({{0, 0}, {12, 0}}, {{3}}), {3, 3}));
    QVERIFY(near(dashLengths({{0, 0}, {16, 0}}, {{8, 3, 2, 3}}), {8, 2}));
  }

  void a_dash_pattern_starts_at_its_offset() {
    QVERIFY(near(dashLengths({{0, 0}, {20, 0}}, {{6, 3}, 4}), {2, 6, 6}));
    QVERIFY(near(dashLengths({{0, 0}, {20, 0}}, {{6, 3}, -5}), {2, 6, 6}));
    QVERIFY(near(dashLengths({{0, 0}, {20, 0}}, {{6, 3}, 9}), {6, 6, 2}));
  }

  void a_dash_goes_round_a_corner() {
    const auto strokes = dashed(std::vector<Point>{{0, 0}, {4, 0}, {4, 10}}, {{6, 20}});
    QCOMPARE(strokes.size(), std::size_t{1});
    QCOMPARE(strokes[0].size(), std::size_t{3});
    QCOMPARE(strokes[0][1], (Point{4, 0}));
  }

  void a_solid_line_stays_whole() {
    QCOMPARE(dashed(std::vector<Point>{{0, 0}, {4, 0}, {4, 10}}, {}).size(), std::size_t{1});
  }

  void a_line_parts_where_it_turns_back_alone() {
    QCOMPARE(partedAtSharpCorners(std::vector<Point>{{0, 0}, {9, 0}, {9, 9}}).size(),
             std::size_t{1});
    QCOMPARE(partedAtSharpCorners(std::vector<Point>{{0, 0}, {9, 0}, {1, 1}}).size(),
             std::size_t{2});
  }

  void triangles_fill_a_star_exactly() {
    const auto points = star();
    QVERIFY(doubledArea(points) > 0);
    QVERIFY(!isConvex(points));
    float filled = 0;
    for (const auto& [a, b, c] : triangles(points)) {
      const float area = doubledArea(std::vector<Point>{points[a], points[b], points[c]});
      QVERIFY(area > 0);
      filled += area;
    }
    QVERIFY(std::abs(filled - doubledArea(points)) < 1e-2F);
  }

  void a_polygon_that_crosses_itself_ends() {
    QVERIFY(triangles(std::vector<Point>{{0, 0}, {10, 10}, {10, 0}, {0, 10}}).size() <= 2);
  }
};

QTEST_GUILESS_MAIN(TestPathGeometry)
#include "tst_path_geometry.moc"
