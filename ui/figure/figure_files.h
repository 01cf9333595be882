// A figure as files: PDF, SVG, PNG, PGF with its pictures, and the CSV of its numbers. The same
// figure gives the same bytes; no date is in them but those of the runs.
#pragma once

#include <QByteArray>
#include <QString>
#include <optional>
#include <vector>

#include "figure/figure_checks.h"
#include "figure/figure_page.h"
#include "figure/figure_provenance.h"

namespace treegrpo {

enum class FigureFormat : std::uint8_t { pdf, svg, png, pgf, csv };

// By the end of a file's name: .pdf, .svg, .png, .pgf or .tex, .csv; none for another one.
std::optional<FigureFormat> formatOf(const QString& file);

// A figure that is ready to be written.
struct Figure {
  FigureRecipe recipe;
  FigureData data;
  FigurePage page;  // as it prints: pictures enlarged where the recipe says so
  FigureProvenance provenance;
};
Figure makeFigure(const FigureRecipe& recipe, FigureData data, const std::string& version);

struct FigureFile {
  QString name;  // beside the figure's own, which comes first
  QByteArray bytes;
};

// `name` is that of the figure's own file, without a folder. After the QApplication, GUI thread.
std::vector<FigureFile> filesOf(const Figure& figure, FigureFormat format, const QString& name);

// Checks of the page, and of what a format makes of its fonts.
std::vector<FigureCheck> checksOf(const Figure& figure, FigureFormat format);

// Writes a figure to a file, its format told by the name; each file appears whole or not at all.
// Throws Error that says which could not be written, why, and what to do.
void writeFigure(const Figure& figure, const QString& file);

}  // namespace treegrpo
