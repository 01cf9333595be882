#include "studio/figure_export.h"

#include <QFile>
#include <cstdio>

#include "base/error.h"
#include "figure/figure_files.h"
#include "workbench/provenance.h"
#include "workbench/workbench.h"

namespace treegrpo::studio {
namespace {

// A file; where there is none of that name, RUN/NAME of a figure that is kept with a run.
FigureRecipe readRecipe(const QString& named, Workbench& workbench) {
  QFile file(named);
  const qsizetype slash = named.indexOf('/');
  if (file.open(QIODevice::ReadOnly))
    return recipeFrom(file.readAll().toStdString(), named.toStdString());
  const std::string refusal = "the recipe '" + named.toStdString() + "' cannot be read (" +
                              file.errorString().toStdString() + "); name a file that 'Save " +
                              "recipe' wrote, or RUN/NAME of a figure that is kept with a run";
  if (slash <= 0 || file.exists()) throw Error(refusal, ErrorKind::no_access);
  try {
    const RunSummary run = workbench.find_run(named.left(slash).toStdString());
    const StoredFigure figure = workbench.figure(run.run, named.mid(slash + 1).toStdString());
    return recipeFrom(figure.recipe, named.toStdString());
  } catch (const Error& error) {
    throw Error(refusal + ": " + error.what(), error.kind());
  }
}

}  // namespace

void exportFigure(const QString& recipe, const QString& store, const QString& out) {
  const std::optional<FigureFormat> format = formatOf(out);
  if (!format)
    throw Error("--out names no format of a figure; end it in .pdf, .svg, .png, .pgf or .csv",
                ErrorKind::usage);
  Workbench workbench(store.toStdString(), {});
  const FigureRecipe read = readRecipe(recipe, workbench);
  const Figure figure = makeFigure(read, figureData(read, workbench), program_version());
  writeFigure(figure, out);
  for (const FigureCheck& check : checksOf(figure, *format))
    if (!check.passed)
      std::fprintf(stderr, "treegrpo-studio: %s: %s\n", check.name.c_str(), check.sentence.c_str());
}

}  // namespace treegrpo::studio
