// A figure laid out: the drawings of its panels, each with its place and scale on a page that
// counts in points. Writers and checks read it; nothing here is Qt.
#pragma once

#include <string>
#include <vector>

#include "canvas/drawing.h"
#include "figure/figure_data.h"
#include "figure/figure_recipe.h"

namespace treegrpo {

// A drawing of the screen's kind, in its own pixels, on a page.
struct PlacedDrawing {
  Drawing drawing;
  Point at;         // of the drawing's origin, points
  float scale = 1;  // points a pixel: text of 11 px at .6 is 6.6 pt
};

struct FigurePage {
  float width = 0, height = 0;       // points
  std::vector<PlacedDrawing> parts;  // in paint order
  std::string font = {};             // as the recipe's
};

// Panels from the left, in rows; each row as high as its highest panel. In the paper theme.
FigurePage figurePage(const FigureRecipe& recipe, const FigureData& data);

// The page with pictures enlarged by whole factors, pixel by pixel, until they print at `dpi`: what
// smooths pictures when it shows them then leaves their pixels sharp.
FigurePage sharpened(FigurePage page, double dpi);

// At how many pixels an inch a picture of a part prints, across its coarser side.
double dpiOf(const ImageItem& item, float scale);

}  // namespace treegrpo
