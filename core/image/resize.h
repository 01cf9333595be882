// Sizes of pictures: averaged when smaller, sharp pixels when larger.
#pragma once

#include "record/image.h"

namespace treegrpo {

// To width x height by area averaging; for making smaller. Both at least 1.
Image shrink(const Image& image, int width, int height);

// The picture itself if no side is longer than largest_side, else shrunk to it, sides in
// proportion.
Image fit_within(const Image& image, int largest_side);

// Every pixel a square of factor x factor. factor >= 1.
Image enlarge(const Image& image, int factor);

}  // namespace treegrpo
