#include "scene/shape_fit.h"

#include <algorithm>
#include <cmath>

#include "scene/shape_geometry.h"

namespace treegrpo {
namespace {

// Overlap of the mask with the shape drawn at the fit's centroid and area.
float soft_iou(const SoftMask& mask, const ShapeFit& fit, Shape shape) {
  const float radius = fit.radius(shape);
  const float reach = unit_extent(shape).around * radius + 1;
  const auto pixel = [](float position) {
    return std::clamp(static_cast<int>(std::floor(position)), 0, scene_size - 1);
  };
  const int first_x = pixel(fit.x - reach);
  const int last_x = pixel(fit.x + reach);
  const int last_y = pixel(fit.y + reach);
  float overlap = 0;
  float drawn = 0;
  for (int y = pixel(fit.y - reach); y <= last_y; ++y) {
    for (int x = first_x; x <= last_x; ++x) {
      const float covered = coverage(shape, radius, static_cast<float>(x) + .5F - fit.x,
                                     static_cast<float>(y) + .5F - fit.y);
      drawn += covered;
      overlap += std::min(covered, mask[static_cast<std::size_t>(y * scene_size + x)]);
    }
  }
  return overlap / (fit.area + drawn - overlap);
}

}  // namespace

Shape ShapeFit::best() const {
  return static_cast<Shape>(std::max_element(iou.begin(), iou.end()) - iou.begin());
}

float ShapeFit::margin(Shape shape) const {
  float rival = 0;
  for (std::size_t other = 0; other < iou.size(); ++other) {
    if (other != static_cast<std::size_t>(shape)) rival = std::max(rival, iou[other]);
  }
  return iou[static_cast<std::size_t>(shape)] - rival;
}

float ShapeFit::radius(Shape shape) const { return std::sqrt(area / unit_area(shape)); }

ShapeFit fit_shapes(const SoftMask& mask) {
  ShapeFit fit;
  for (int y = 0; y < scene_size; ++y) {
    for (int x = 0; x < scene_size; ++x) {
      const float alpha = mask[static_cast<std::size_t>(y * scene_size + x)];
      fit.area += alpha;
      fit.x += alpha * (static_cast<float>(x) + .5F);
      fit.y += alpha * (static_cast<float>(y) + .5F);
    }
  }
  if (fit.area <= 0) return {};
  fit.x /= fit.area;
  fit.y /= fit.area;
  for (int i = 0; i < shape_count; ++i) {
    fit.iou[static_cast<std::size_t>(i)] = soft_iou(mask, fit, static_cast<Shape>(i));
  }
  return fit;
}

}  // namespace treegrpo
