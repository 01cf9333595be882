// Pictures in rows and columns on one sheet.
#pragma once

#include <string>
#include <vector>

#include "record/image.h"

namespace treegrpo {

struct GridRow {
  std::string label;                       // wrapped beside the row
  std::string note = {};                   // one line under it
  std::vector<Image> pictures = {};        // a column each; an empty one is a grey square
  std::vector<std::string> captions = {};  // under each picture; may be fewer
};

struct PictureGrid {
  std::string title = {};
  std::string subtitle = {};              // one line under the title; may be empty
  std::vector<std::string> columns = {};  // above each column
  std::vector<GridRow> rows;
  int picture_pixels = 96;  // as in ContactSheet
};

// Draws the grid. Throws Error if it has no row or no column.
Image picture_grid(const PictureGrid& grid);

}  // namespace treegrpo
