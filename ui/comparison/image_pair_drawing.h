// Two pictures beside or over each other at one zoom, each pixel a square: side by side, wiped, one
// of them, or their difference in false colours with its scale.
#pragma once

#include <array>
#include <cstddef>
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
  float zoom = 1;               // × what fits
  std::array<Point, 2> pan;     // of each picture, pixels of the screen
  float wipe = .5f;             // share of the width left of the divider
  int turn = 0;                 // which one a flicker shows now
  int selected = 1;             // of the two
  int reference = 0;            // what differences are measured from
  bool show_reference = false;  // in place of the selected one
};

struct ImagePairSide {
  std::string letter;
  std::size_t run = 0;                      // its colour
  std::shared_ptr<const Image> image = {};  // null or empty: `missing` says why
  std::string missing = {};
  int step = 0;        // denoising steps done
  bool stale = false;  // another step than the asked one
};
using ImagePairSides = std::array<ImagePairSide, 2>;

// What stands in each place: the sides, but for the reference that is shown in place of another.
ImagePairSides shownSides(const ImagePairSides& sides, const ImagePairLook& look);

// Where the first and the second picture stand; the same place unless they are side by side.
std::array<Box, 2> imagePlaces(const ImagePairSides& shown, const ImagePairLook& look, float width,
                               float height);

// A picture of a difference: cividis from 0 to `most`, or the diverging colours for E. Empty for
// pictures of two sizes.
struct FalseColours {
  std::shared_ptr<const Image> image;
  double most = 0;  // the end of the scale: the largest error of a pixel
};
FalseColours falseColours(const Image& image, const Image& reference, ErrorMetric metric,
                          const Theme& theme);

// Hits: badge, target 0, the divider of a wipe.
Drawing imagePairDrawing(const ImagePairSides& sides, const FalseColours& difference,
                         const ImagePairLook& look, float width, float height, const Theme& theme);

}  // namespace treegrpo
