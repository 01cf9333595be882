// Figures without a window: a recipe and a store in, a file out.
#pragma once

#include <QString>

namespace treegrpo::studio {

// Writes the figure of a recipe, a file or RUN/NAME of one kept with a run, to a file, whose name
// tells the format, and prints each check that failed on stderr. Throws Error, one sentence, where
// recipe, store, run or file is not as it must.
void exportFigure(const QString& recipe, const QString& store, const QString& out);

}  // namespace treegrpo::studio
