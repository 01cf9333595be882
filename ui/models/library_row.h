// A run as the run library lists it: read from the store once, then plain values.
#pragma once

#include <cstdint>
#include <vector>

#include "compare/filter.h"
#include "record/iteration_record.h"
#include "workbench/workbench.h"

namespace treegrpo {

struct LibraryRow {
  LibraryRun run;
  FilterRow asked;  // what a filter may ask of it
  std::vector<Note> notes = {};

  double reward() const { return run.rewards.empty() ? no_value : run.rewards.back(); }
};

bool hasStar(const RunSummary& run);
inline constexpr auto star_tag = "star";

// All of a workspace, and what its trash holds.
struct Library {
  std::vector<LibraryRow> rows;   // newest first
  std::vector<FilterName> names;  // that a filter may use
  std::vector<RunSummary> trash;  // newest first
};

// On the thread that may ask the store. Throws Error.
Library readLibrary(Workbench& store);

}  // namespace treegrpo
