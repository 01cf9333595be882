// Runs of one store copied into another, with all that belongs to them.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>

#include "store/database.h"
#include "store/run_rows.h"

namespace treegrpo {

struct ImportedRun {
  RunId run;         // its number here
  std::string name;  // as it was there, or with "-2", "-3", … where that is taken
  RunId there;       // what it was there
  std::string name_there = {};
};

// Copies a run of the store `source` with its trees, pictures, notes and checkpoints. All of it is
// here afterwards, or nothing. A run that a process trains there is copied as it is at that moment
// and is an interrupted one here. Neither store may be busy for longer than a few seconds. An older
// source is brought up to date; a newer or damaged one throws Error, as a run that is not there.
//
// `earlier`: runs of that source that came before it, in the same go. Figures kept with any of them
// name those runs as they are called here.
ImportedRun import_run(StoreConnection& store, const std::filesystem::path& source, RunId run,
                       std::span<const ImportedRun> earlier = {});

}  // namespace treegrpo
