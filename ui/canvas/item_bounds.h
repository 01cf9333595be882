// Rectangles that items do not leave, for painters that pass over what is not visible.
#pragma once

#include <QRectF>

#include "canvas/drawing.h"

namespace treegrpo {

// In the drawing's pixels, with room for pens; generous for text, since measuring costs more than
// painting. `text_scale` is that of the fonts.
QRectF boundsOf(const DrawingItem& item, double text_scale);

}  // namespace treegrpo
