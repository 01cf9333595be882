// How much of a node is shown, by its side on screen (level of detail).
#pragma once

#include <cstdint>

namespace treegrpo {

enum class Lod : std::uint8_t {
  strip,     // below 3 px: one line a leaf, no edges
  dot,       // from 3: a dot in the colour of its edge
  tile,      // from 10: a square of the picture's mean colour
  picture,   // from 28: the picture; its edge gets a mark
  labelled,  // from 96: id and numbers beneath
  full       // from 256: the picture at an integer scale
};

// The level of a side in pixels.
Lod lodOf(float side);

// The zoom that levels are chosen by. It trails the zoom of the view by a tenth, so a level changes
// at 1.1 times its limit on the way in and at 0.9 times on the way out, and none flickers.
struct LodState {
  float zoom = 0;  // 0: the view's own
  bool operator==(const LodState&) const = default;
};

// The state after the view came to a zoom.
LodState followed(LodState state, float zoom);

// The state that shows the most at a zoom that was jumped to: as if come down to from closer by.
LodState richest(float zoom);

}  // namespace treegrpo
