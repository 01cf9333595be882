// Connected pixels of a picture: finding them, widening them by their soft edge, cutting them into
// parts. Plain geometry for the object finder.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "scene/shape_fit.h"

namespace treegrpo {

// A small number for every pixel, rows from the top.
using Labels = std::array<std::int8_t, scene_pixels>;
inline constexpr std::int8_t background_label = -1;

using Patch = std::vector<int>;  // pixel numbers

// Calls visit(neighbour) for the pixels that share a side with this one.
template <typename Visit>
void for_each_neighbour(int pixel, Visit visit) {
  const int x = pixel % scene_size;
  const int y = pixel / scene_size;
  if (x > 0) visit(pixel - 1);
  if (x + 1 < scene_size) visit(pixel + 1);
  if (y > 0) visit(pixel - scene_size);
  if (y + 1 < scene_size) visit(pixel + scene_size);
}

// The patches of pixels that share a label other than background_label and touch by their sides.
std::vector<Patch> find_patches(const Labels& labels);

// The patch and the background pixels beside it: a soft edge lies partly below the threshold of the
// figure.
Patch with_soft_edge(const Patch& patch, const Labels& labels);

// The patch cut into `count` parts around their own middles (k-means). Parts may be empty.
std::vector<Patch> cut_into(const Patch& patch, int count);

}  // namespace treegrpo
