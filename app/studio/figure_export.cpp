#include "studio/figure_export.h"

#include <QFile>
#include <cstdio>

#include "base/error.h"
#include "figure/figure_files.h"
#include "workbench/provenance.h"
#include "workbench/workbench.h"

namespace treegrpo::studio {
namespace {

FigureRecipe readRecipe(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly))
    throw Error("the recipe '" + path.toStdString() + "' cannot be read (" +
                    file.errorString().toStdString() + "); name a file that 'Save recipe' wrote",
                ErrorKind::no_access);
  return recipeFrom(file.readAll().toStdString(), path.toStdString());
}

}  // namespace

void exportFigure(const QString& recipe, const QString& store, const QString& out) {
  const std::optional<FigureFormat> format = formatOf(out);
  if (!format)
    throw Error("--out names no format of a figure; end it in .pdf, .svg, .png, .pgf or .csv",
                ErrorKind::usage);
  const FigureRecipe read = readRecipe(recipe);
  Workbench workbench(store.toStdString(), {});
  const Figure figure = makeFigure(read, figureData(read, workbench), program_version());
  writeFigure(figure, out);
  for (const FigureCheck& check : checksOf(figure, *format))
    if (!check.passed)
      std::fprintf(stderr, "treegrpo-studio: %s: %s\n", check.name.c_str(), check.sentence.c_str());
}

}  // namespace treegrpo::studio
