#include "canvas/number_text.h"

#include <cmath>
#include <cstdio>

namespace treegrpo {
namespace {

constexpr const char* minus = "−";

std::string magnitudeText(double value, int decimals) {
  if (std::isinf(value)) return "∞";
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, std::abs(value));
  return text;
}

std::string superscript(int exponent) {
  constexpr const char* digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text = exponent < 0 ? "⁻" : "";
  for (const char digit : std::to_string(std::abs(exponent)))
    text += digits[static_cast<std::size_t>(digit - '0')];
  return text;
}

}  // namespace

std::string fixedText(double value, int decimals) {
  if (std::isnan(value)) return "–";
  const std::string magnitude = magnitudeText(value, decimals);
  const bool zero = magnitude.find_first_not_of("0.") == std::string::npos;
  return value < 0 && !zero ? minus + magnitude : magnitude;
}

std::string signedText(double value, int decimals) {
  if (std::isnan(value)) return "–";
  const std::string magnitude = magnitudeText(value, decimals);
  return value > 0 ? "+" + magnitude : value < 0 ? minus + magnitude : magnitude;
}

std::string shortText(double value) {
  if (!std::isfinite(value) || value == 0) return fixedText(value, 0);
  int exponent = static_cast<int>(std::floor(std::log10(std::abs(value))));
  if (exponent >= -2 && exponent < 4) return fixedText(value, exponent < 1 ? 1 - exponent : 0);
  double mantissa = value / std::pow(10, exponent);
  if (std::abs(mantissa) >= 9.95) {
    mantissa /= 10;
    ++exponent;
  }
  return fixedText(mantissa, 1) + "×10" + superscript(exponent);
}

std::string countText(std::int64_t count) {
  constexpr std::int64_t five_digits = 99999;
  return count > five_digits ? shortText(static_cast<double>(count)) : std::to_string(count);
}

}  // namespace treegrpo
