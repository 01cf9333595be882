#include "scene/shape_geometry.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace treegrpo {
namespace {

// Proportions to the radius, chosen so that the four shapes look equally large.
constexpr float square_half = .88F;
constexpr float triangle_tip = 1.25F;  // centroid to corner
constexpr float cross_arm = 1.05F;     // centre to the end of an arm
constexpr float cross_half_width = .36F;

float box_distance(float dx, float dy, float half_x, float half_y) {
  const float x = std::abs(dx) - half_x;
  const float y = std::abs(dy) - half_y;
  if (x > 0 && y > 0) return std::sqrt(x * x + y * y);
  return std::max(x, y);
}

// Equilateral, one corner up: the largest distance from its three sides. Beyond a corner that is
// less than the true distance, which only keeps the corners sharp.
float triangle_distance(float dx, float dy, float tip) {
  constexpr float cos_30 = .8660254F;
  return std::max(dy, cos_30 * std::abs(dx) - .5F * dy) - .5F * tip;
}

}  // namespace

float signed_distance(Shape shape, float radius, float dx, float dy) {
  switch (shape) {
    case Shape::circle:
      return std::sqrt(dx * dx + dy * dy) - radius;
    case Shape::square:
      return box_distance(dx, dy, square_half * radius, square_half * radius);
    case Shape::triangle:
      return triangle_distance(dx, dy, triangle_tip * radius);
    case Shape::cross:
      return std::min(box_distance(dx, dy, cross_arm * radius, cross_half_width * radius),
                      box_distance(dx, dy, cross_half_width * radius, cross_arm * radius));
  }
  return 0;
}

float coverage(Shape shape, float radius, float dx, float dy) {
  return std::clamp(.5F - signed_distance(shape, radius, dx, dy), 0.F, 1.F);
}

float unit_area(Shape shape) {
  switch (shape) {
    case Shape::circle:
      return std::numbers::pi_v<float>;
    case Shape::square:
      return 4 * square_half * square_half;
    case Shape::triangle:
      return .75F * std::numbers::sqrt3_v<float> * triangle_tip * triangle_tip;
    case Shape::cross:
      return 8 * cross_arm * cross_half_width - 4 * cross_half_width * cross_half_width;
  }
  return 1;
}

Extent unit_extent(Shape shape) {
  constexpr float root_2 = std::numbers::sqrt2_v<float>;
  switch (shape) {
    case Shape::circle:
      return {1, 1, 1, 1};
    case Shape::square:
      return {square_half, square_half, square_half, square_half * root_2};
    case Shape::triangle:
      return {.8660254F * triangle_tip, triangle_tip, .5F * triangle_tip, triangle_tip};
    case Shape::cross:
      return {cross_arm, cross_arm, cross_arm, std::hypot(cross_arm, cross_half_width)};
  }
  return {1, 1, 1, 1};
}

}  // namespace treegrpo
