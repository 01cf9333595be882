// How pictures that are compared are marked: which one is selected, which one is the reference, and
// which ones are of another step than the asked one.
#pragma once

#include <string>

#include "canvas/drawing.h"
#include "style/theme.h"

namespace treegrpo {

inline constexpr float stale_share = .55f;  // opacity of a picture of another step

// Rings around a picture's box; the reference also has its tag.
void addPictureRings(Drawing& drawing, const Box& box, bool selected, bool reference,
                     const Theme& theme);

// "R" at the top left of a box.
void addReferenceTag(Drawing& drawing, const Box& box, const Theme& theme);

// "nearest: t 4", or as much of it as a width has room for.
std::string nearestWords(int step, float room);

}  // namespace treegrpo
