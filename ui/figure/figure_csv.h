// The numbers of a figure's panels as CSV: what is plotted, not how.
#pragma once

#include <string>

#include "figure/figure_data.h"

namespace treegrpo {

// One table: panel, kind, series, x, y, low, high, n, and for trees and pictures where they stand.
// A row a point, an edge or a picture; what a row has not is empty. RFC 4180, lines end in \n.
std::string csvOf(const FigureRecipe& recipe, const FigureData& data);

}  // namespace treegrpo
