// Lines of text as masks to tint, set by Qt: the same faces, kerning and stand-ins for missing
// letters as in the rest of the window, which ImGui's own fonts do not have.
#pragma once

#include <QFont>
#include <QFontMetricsF>
#include <QImage>
#include <array>
#include <optional>

#include "canvas/drawing.h"
#include "style/fonts.h"

namespace treegrpo {

enum class Letters : std::uint8_t { filled, rim };  // rim: the halo around them

// Lengths in device pixels. GUI thread.
struct TextMask {
  QImage mask;         // white, with how much of a pixel is covered as its alpha
  float advance = 0;   // of the line
  float left = 0;      // from the mask's left edge to the line's origin
  float half_way = 0;  // from the mask's top to half the height of capitals
};

class Typesetter {
 public:
  Typesetter(FontSet fonts, double pixel_ratio) : fonts_(std::move(fonts)), ratio_(pixel_ratio) {}

  TextMask set(const TextItem& item, Letters letters);

 private:
  struct Face {
    QFont font;
    QFontMetricsF metrics;
  };
  const Face& faceOf(TextRole role, bool italic);

  FontSet fonts_;
  double ratio_;
  std::array<std::optional<Face>, 16> faces_;  // two a role
};

}  // namespace treegrpo
