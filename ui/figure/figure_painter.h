// A page painted by Qt: on a screen, into a picture, a PDF or an SVG, by the screen's own painter.
#pragma once

#include <QImage>
#include <QPainter>

#include "canvas/raster_painter.h"
#include "figure/figure_page.h"

namespace treegrpo {

// Fonts as they are printed: the same on every screen; `family` before ours, empty: ours alone.
// After the QApplication, on the GUI thread.
FontSet printFonts(const std::string& family = {});

// All parts at the painter's transform, one unit a point; `outlines`: letters as shapes.
void paintPage(QPainter& painter, const FigurePage& page, bool outlines);

// On white, at pixels an inch.
QImage pagePicture(const FigurePage& page, double dpi);

}  // namespace treegrpo
