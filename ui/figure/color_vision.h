// A figure as others see it: in grey, and with the three kinds of colour blindness.
#pragma once

#include <QImage>
#include <cstdint>

namespace treegrpo {

enum class ColorVision : std::uint8_t { full, grey, protan, deutan, tritan };

// In linear light; grey by the luminance of sRGB (IEC 61966-2-1), the others by the matrices of
// Machado, Oliveira and Fernandes 2009, "A Physiologically-based Model for Simulation of Color
// Vision Deficiency", at severity 1.
QImage seenWith(ColorVision vision, const QImage& picture);

}  // namespace treegrpo
