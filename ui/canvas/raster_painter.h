// Paints a Drawing with QPainter: on screens without GL, into figures, and in tests.
#pragma once

#include <QPainter>

#include "canvas/drawing.h"
#include "canvas/image_cache.h"
#include "style/fonts.h"

namespace treegrpo {

struct PaintOptions {
  FontSet fonts;
  Color background = no_color;   // fills what is visible first
  ImageCache* images = nullptr;  // pictures kept from one painting to the next; none: made anew
  bool outlines = false;         // text as shapes, where a file is to need no font
};

// Paints the items that are visible, in order, at the painter's transform (one unit a
// device-independent pixel of the drawing). Lines and dashes are as long as the drawing says
// whatever their width; pens of boxes lie inside them; edges of pictures lie on device pixels. On
// paper (PDF, SVG) pictures keep their own pixels. Leaves the painter as it was.
void paint(QPainter& painter, const Drawing& drawing, const PaintOptions& options);

}  // namespace treegrpo
