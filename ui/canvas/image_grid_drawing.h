// A grid of pictures as a drawing: each pixel a square, steps that are not stored shown by the
// nearest one, faint and named.
#pragma once

#include "canvas/image_grid.h"
#include "style/theme.h"

namespace treegrpo {

// Hits: node, target the cell. The extent is as high as all rows.
Drawing imageGridDrawing(const ImageGrid& grid, const GridView& view, const Theme& theme);

}  // namespace treegrpo
