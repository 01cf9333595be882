#include "canvas/text_width.h"

namespace treegrpo {
namespace {

// Of the font's size.
float shareOf(char letter) {
  constexpr std::string_view narrow = "iljtfr.,:;'|!()[] ";
  constexpr std::string_view wide = "mwMW%@";
  if (narrow.find(letter) != std::string_view::npos) return .31f;
  if (wide.find(letter) != std::string_view::npos) return .86f;
  return letter >= 'A' && letter <= 'Z' ? .68f : .6f;
}

}  // namespace

float textWidth(std::string_view text, TextRole role) {
  float shares = 0;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    if (byte < 0x80) shares += shareOf(letter);
    if (byte >= 0xC0) shares += .6f;  // the first byte of a letter outside ASCII
  }
  return shares * static_cast<float>(pixelSize(role));
}

}  // namespace treegrpo
