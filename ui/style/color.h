// A colour as themes hold it and drawings use it.
#pragma once

#include <cstdint>

namespace treegrpo {

// Straight (not premultiplied) sRGB with alpha.
struct Color {
  std::uint8_t red = 0, green = 0, blue = 0, alpha = 255;
  bool operator==(const Color&) const = default;
};

inline constexpr Color no_color{0, 0, 0, 0};

}  // namespace treegrpo
