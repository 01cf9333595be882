// What a text is for; fonts.h knows the face and size of each.
#pragma once

#include <cstdint>

namespace treegrpo {

enum class TextRole : std::uint8_t {
  caption,
  caption_medium,
  table,
  body,
  body_strong,
  heading,
  figure,
  mono
};

// Size in pixels at 96 dpi and scale 1.
int pixelSize(TextRole role);

}  // namespace treegrpo
