// A figure as PDF: vectors, embedded fonts, provenance as XMP metadata.
#pragma once

#include <QByteArray>

#include "figure/figure_page.h"
#include "figure/figure_provenance.h"

namespace treegrpo {

// One page of the figure's size, rounded to whole points. The same page gives the same bytes.
QByteArray pdfOf(const FigurePage& page, const FigureProvenance& provenance);

}  // namespace treegrpo
