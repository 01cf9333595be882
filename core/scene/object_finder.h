// What stands in a picture, whatever its caption: objects, stray colour, background. The first half
// of the detector.
#pragma once

#include <array>
#include <vector>

#include "record/image.h"
#include "scene/scene.h"
#include "scene/shape_fit.h"

namespace treegrpo {

// A connected patch of one hue.
struct DetectedObject {
  Shape shape = Shape::circle;  // the best fit
  Color color = Color::red;     // the nearest hue
  ShapeFit fit;                 // place, area, and the overlap with every shape
  std::array<float, 3> rgb{};   // mean of its core, without the soft edge
};

struct FoundScene {
  std::vector<DetectedObject> objects;  // largest first
  float stray = 0;  // coloured pixels in patches too small for an object, a share of all
  float background_chroma = 0;    // mean chroma (largest less smallest channel) of the rest
  float background_clipping = 0;  // in [0, 1]: how near black or white the rest is
};

// Figure is what has chroma above .30; a patch of at least 7 px is an object. A patch that no shape
// fits is split where two to four shapes fit better, so touching objects of one colour count apart.
// Throws Error unless the picture has 32x32 pixels.
FoundScene find_objects(const Image& image);

}  // namespace treegrpo
