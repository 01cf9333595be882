#include "figure/figure_svg.h"

#include <QBuffer>
#include <QSvgGenerator>
#include <cmath>

#include "figure/figure_painter.h"
#include "figure/venue.h"

namespace treegrpo {

QByteArray svgOf(const FigurePage& page, const FigureProvenance& provenance, bool outlines) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QSvgGenerator generator;
  generator.setOutputDevice(&buffer);
  generator.setResolution(static_cast<int>(points_per_inch));
  generator.setSize(
      QSize(static_cast<int>(std::ceil(page.width)), static_cast<int>(std::ceil(page.height))));
  generator.setViewBox(QRectF(0, 0, std::ceil(page.width), std::ceil(page.height)));
  // Qt writes both as they are.
  generator.setTitle(QString::fromStdString(provenance.title).toHtmlEscaped());
  generator.setDescription(QString::fromStdString(provenance.description).toHtmlEscaped());
  QPainter painter(&generator);
  paintPage(painter, page, outlines);
  painter.end();
  return bytes;
}

}  // namespace treegrpo
