// Two pictures beside or over each other at one zoom, each pixel a square: side by side, wiped, one
// of them, or their difference in false colours with its scale.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "canvas/drawing.h"
#include "compare/image_difference.h"
#include "style/theme.h"

namespace treegrpo {

enum class ImageMode : std::uint8_t { side_by_side, wipe, flicker, difference };

struct ImagePairLook {
  ImageMode mode = ImageMode::side_by_side;
  ErrorMetric metric = ErrorMetric::absolute;
  float zoom = 1;         // × what fits
  Point pan, second_pan;  // of the first and of the second picture, pixels of the screen
  float wipe = .5f;       // share of the width left of the divider
  bool second = false;    // which one a flicker shows now
};

struct ImagePairSide {
  std::string letter;
  std::shared_ptr<const Image> image;  // null or empty: `missing` says why
  std::string missing;
};

// Where the first and the second picture stand; the same place unless they are side by side.
struct ImagePlaces {
  Box first, second;
};
ImagePlaces imagePlaces(const ImagePairSide& first, const ImagePairSide& second,
                        const ImagePairLook& look, float width, float height);

// A picture of a difference: cividis from 0 to `most`, or the diverging colours for E. Empty for
// pictures of two sizes.
struct FalseColours {
  std::shared_ptr<const Image> image;
  double most = 0;  // the end of the scale: the largest error of a pixel
};
FalseColours falseColours(const Image& image, const Image& reference, ErrorMetric metric,
                          const Theme& theme);

// Hits: badge, target 0, the divider of a wipe.
Drawing imagePairDrawing(const ImagePairSide& first, const ImagePairSide& second,
                         const FalseColours& difference, const ImagePairLook& look, float width,
                         float height, const Theme& theme);

}  // namespace treegrpo
