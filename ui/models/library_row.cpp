#include "models/library_row.h"

#include <algorithm>
#include <utility>

namespace treegrpo {
namespace {

LibraryRow rowOf(Workbench& store, LibraryRun run) {
  LibraryRow row{.run = std::move(run), .asked = {}};
  row.asked = filter_row(row.run);
  row.notes = store.notes(row.run.summary.run);
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
