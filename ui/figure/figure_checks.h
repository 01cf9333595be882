// What a venue may refuse, looked for before a figure leaves: sizes of text and lines, pictures,
// fonts. Each check is a value with a sentence.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "figure/figure_page.h"

namespace treegrpo {

struct FigureCheck {
  std::string name;  // "text ≥ 6 pt"
  bool passed = true;
  std::string sentence;  // what was found, and where it failed what to do about it
};

inline constexpr double least_text_points = 6, least_line_points = .5, least_dpi = 300;

// Of text, lines and pictures, in that order.
std::vector<FigureCheck> pageChecks(const FigurePage& page);

// Of the fonts of a finished PDF: all of them embedded, none of Type 3.
FigureCheck fontCheck(std::string_view pdf);

}  // namespace treegrpo
