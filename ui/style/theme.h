// Colours, lines and sizes for Qt and the canvases alike (design rules: hue belongs to data; grey
// and ink are chrome). Plain values: the painters get a Theme, never a QPalette.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "style/color.h"

namespace treegrpo {

// Paper: light with black text. Contrast: white on black, text of 7:1 and lines of 3:1 at least.
enum class ThemeKind : std::uint8_t { dark, light, paper, contrast };

struct Theme {
  ThemeKind kind = ThemeKind::dark;
  // One field a token, named as in the style sheet.
  Color window, panel, panel_alt, canvas, band, grid, border, control, control_hi;
  Color text, text2, disabled, accent, on_accent, selection, selection_text, ring;
  Color positive, positive_text, negative, negative_text, neutral;
  Color warning, error, live, reference, reference_text;
  std::array<Color, 256> diverging;   // −limit … +limit, grey in the middle
  std::array<Color, 256> sequential;  // cividis
  std::array<Color, 6> runs;          // A … F; from G on they repeat with a marker
};

const Theme& theme(ThemeKind kind);

// Whether it has light text on dark ground.
constexpr bool isDark(ThemeKind kind) {
  return kind == ThemeKind::dark || kind == ThemeKind::contrast;
}

// "dark", "light", "contrast", as settings and the command line write those of the window; the
// other way round what is none of them is `otherwise`.
std::string_view themeName(ThemeKind kind);
ThemeKind themeNamed(std::string_view name, ThemeKind otherwise);

// A token by its name in the style sheet ("panel_alt"). Throws Error if there is none.
Color colorNamed(const Theme& theme, std::string_view name);

// Of an advantage: t = min(1, |value| / limit)^0.6 along the diverging table; neutral for NaN.
Color divergingColor(const Theme& theme, double value, double limit);
// Of a value between least and most along the sequential table; neutral for NaN.
Color sequentialColor(const Theme& theme, double value, double least, double most);

// "#3F9FE0", or "#3F9FE080" where it is not opaque.
std::string hexOf(Color color);

}  // namespace treegrpo
