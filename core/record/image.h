// A picture as bytes: what a node looks like, on its way to the store, the screen or a file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace treegrpo {

// 8-bit RGB, rows from the top, no padding. Empty when width is 0.
struct Image {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgb;

  bool empty() const { return width == 0 || height == 0; }
  std::size_t bytes() const { return rgb.size(); }
  bool operator==(const Image&) const = default;
};

}  // namespace treegrpo
