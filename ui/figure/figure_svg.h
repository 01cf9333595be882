// A figure as SVG: text as outlines or as text, provenance as its description.
#pragma once

#include <QByteArray>

#include "figure/figure_page.h"
#include "figure/figure_provenance.h"

namespace treegrpo {

// Of the figure's size, one unit of its view box a point.
QByteArray svgOf(const FigurePage& page, const FigureProvenance& provenance, bool outlines);

}  // namespace treegrpo
