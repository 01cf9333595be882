#include "figure/color_vision.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace treegrpo {
namespace {

using Matrix = std::array<std::array<float, 3>, 3>;

constexpr std::array<float, 3> luminance = {.2126f, .7152f, .0722f};
constexpr Matrix matrices[] = {{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
                               {{luminance, luminance, luminance}},
                               {{{.152286f, 1.052583f, -.204868f},
                                 {.114503f, .786281f, .099216f},
                                 {-.003882f, -.048116f, 1.051998f}}},
                               {{{.367322f, .860646f, -.227968f},
                                 {.280085f, .672501f, .047413f},
                                 {-.011820f, .042940f, .968881f}}},
                               {{{1.255528f, -.076749f, -.178779f},
                                 {-.078411f, .930809f, .147602f},
                                 {.004733f, .691367f, .303900f}}}};

std::array<float, 256> linearTable() {
  std::array<float, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    const float share = static_cast<float>(i) / 255;
    table[i] = share <= .04045f ? share / 12.92f : std::pow((share + .055f) / 1.055f, 2.4f);
  }
  return table;
}

int encoded(float light) {
  const float held = std::clamp(light, 0.f, 1.f);
  const float share = held <= .0031308f ? 12.92f * held : 1.055f * std::pow(held, 1 / 2.4f) - .055f;
  return static_cast<int>(std::lround(255 * share));
}

}  // namespace

QImage seenWith(ColorVision vision, const QImage& picture) {
  if (vision == ColorVision::full) return picture;
  const Matrix& matrix = matrices[static_cast<std::size_t>(vision)];
  const std::array<float, 256> linear = linearTable();
  QImage seen = picture.convertToFormat(QImage::Format_RGB32);
  QRgb last = 0, last_seen = 0xFF000000;  // black stays black
  for (int y = 0; y < seen.height(); ++y) {
    auto* line = reinterpret_cast<QRgb*>(seen.scanLine(y));
    for (int x = 0; x < seen.width(); ++x) {
      if (line[x] != last) {
        last = line[x];
        const float from[3] = {linear[static_cast<std::size_t>(qRed(last))],
                               linear[static_cast<std::size_t>(qGreen(last))],
                               linear[static_cast<std::size_t>(qBlue(last))]};
        int to[3];
        for (std::size_t row = 0; row < 3; ++row)
          to[row] = encoded(matrix[row][0] * from[0] + matrix[row][1] * from[1] +
                            matrix[row][2] * from[2]);
        last_seen = qRgb(to[0], to[1], to[2]);
      }
      line[x] = last_seen;
    }
  }
  return seen;
}

}  // namespace treegrpo
