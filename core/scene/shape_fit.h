// Which of the four shapes a soft mask is: the middle of the detector.
#pragma once

#include <array>

#include "scene/scene.h"

namespace treegrpo {

inline constexpr int scene_pixels = scene_size * scene_size;

// How much of each pixel an object covers, in [0, 1], rows from the top.
using SoftMask = std::array<float, scene_pixels>;

// A mask measured against each shape drawn at its centroid with its area.
struct ShapeFit {
  float x = 0;  // centroid, px
  float y = 0;
  float area = 0;                        // px
  std::array<float, shape_count> iou{};  // soft intersection over union, by Shape

  Shape best() const;
  float best_iou() const { return iou[static_cast<std::size_t>(best())]; }
  // IoU of the shape less that of its best rival: below 0 if another shape fits better.
  float margin(Shape shape) const;
  // Radius of the shape of this area.
  float radius(Shape shape) const;
};

// All zeros for an empty mask.
ShapeFit fit_shapes(const SoftMask& mask);

}  // namespace treegrpo
