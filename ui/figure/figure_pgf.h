// A figure as PGF: shapes and text for LaTeX to set in the paper's own font, pictures beside it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "figure/figure_page.h"
#include "figure/figure_provenance.h"

namespace treegrpo {

struct PgfPicture {
  std::string name;  // of its file, "fig2-1.png"
  std::shared_ptr<const Image> image;
};

struct PgfFigure {
  std::string text;  // to \input; needs \usepackage{pgf}
  std::vector<PgfPicture> pictures;
};

// Pictures are named after `stem`, each once.
PgfFigure pgfOf(const FigurePage& page, const std::string& stem,
                const FigureProvenance& provenance);

// Text as LaTeX writes it: its special letters escaped, signs and Greek as math.
std::string latexOf(const std::string& text);

}  // namespace treegrpo
