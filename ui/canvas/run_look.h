// How runs that are compared are told from each other: colour and dash, beside their letters.
#pragma once

#include <cstddef>

#include "canvas/drawing.h"
#include "style/theme.h"

namespace treegrpo {

// Of the first, second, … run or group; colours repeat after six, with other dashes.
Color runColor(const Theme& theme, std::size_t run);
Dash runDash(std::size_t run);

// The dash of the first, second, … line of one plot.
Dash seriesDash(std::size_t series);

}  // namespace treegrpo
