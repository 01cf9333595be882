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
  FilterRow asked;              // what a filter may ask of it
  std::vector<double> rewards;  // finite means over leaves, an iteration each, in order
  double reward = no_value;     // the last of them
  double best = no_value;       // greatest held-out reward
  std::int64_t nfe = 0;         // latents predicted while sampling
  double seconds = 0;           // of its iterations, without evaluation
  std::vector<Note> notes = {};
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
