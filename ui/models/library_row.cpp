#include "models/library_row.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "compare/scalars.h"

namespace treegrpo {
namespace {

LibraryRow rowOf(Workbench& store, LibraryRun run) {
  LibraryRow row{.run = std::move(run), .asked = {}, .rewards = {}};
  const RunId id = row.run.summary.run;
  row.asked = filter_row(row.run);
  const RunScalars scalars{store.iterations(id), store.evaluations(id)};
  row.rewards = metric_series(scalars, "reward", XAxis::iteration).y;
  if (!row.rewards.empty()) row.reward = row.rewards.back();
  for (const EvaluationRecord& evaluation : scalars.evaluations)
    row.best = std::fmax(row.best, evaluation.reward);  // of a number and NaN it is the number
  const RunTotals spent = totals(scalars.iterations);
  row.nfe = spent.nfe;
  row.seconds = spent.seconds;
  row.notes = store.notes(id);
  return row;
}

}  // namespace

bool hasStar(const RunSummary& run) { return std::ranges::count(run.tags, star_tag) > 0; }

Library readLibrary(Workbench& store) {
  Library library;
  std::vector<LibraryRun> runs = store.library(store.runs());
  library.names = filter_names(runs);
  for (LibraryRun& run : runs) library.rows.push_back(rowOf(store, std::move(run)));
  library.trash = store.trashed_runs();
  std::ranges::reverse(library.rows);
  std::ranges::reverse(library.trash);
  return library;
}

}  // namespace treegrpo
