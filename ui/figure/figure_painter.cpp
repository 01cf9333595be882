#include "figure/figure_painter.h"

#include <cmath>

#include "figure/venue.h"

namespace treegrpo {

FontSet printFonts(const std::string& family) {
  FontSet fonts = loadFonts(1);
  if (!family.empty())
    for (QStringList* families : {&fonts.sans, &fonts.mono})
      families->prepend(QString::fromStdString(family));
  fonts.hinted = false;
  return fonts;
}

void paintPage(QPainter& painter, const FigurePage& page, bool outlines) {
  const FontSet fonts = printFonts(page.font);
  for (const PlacedDrawing& part : page.parts) {
    painter.save();
    painter.translate(part.at.x, part.at.y);
    painter.scale(part.scale, part.scale);
    PaintOptions options;
    options.fonts = fonts;
    options.outlines = outlines;
    paint(painter, part.drawing, options);
    painter.restore();
  }
}

QImage pagePicture(const FigurePage& page, double dpi) {
  const double scale = dpi / points_per_inch;
  QImage picture(std::max(1, qRound(page.width * scale)), std::max(1, qRound(page.height * scale)),
                 QImage::Format_RGB32);
  const int per_metre = qRound(dpi / .0254);
  picture.fill(Qt::white);
  QPainter painter(&picture);
  painter.scale(scale, scale);
  paintPage(painter, page, true);
  painter.end();
  picture.setDotsPerMeterX(per_metre);
  picture.setDotsPerMeterY(per_metre);
  return picture;
}

}  // namespace treegrpo
