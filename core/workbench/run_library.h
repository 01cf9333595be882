// The runs of a store as a library shows and filters them: what each was made with, and what it has
// come to, without reading a node.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compare/comparison.h"
#include "compare/filter.h"
#include "compare/run_groups.h"
#include "store/run_reader.h"

namespace treegrpo {

// A run with its parameters and what it measured.
struct LibraryRun {
  RunSummary summary;
  RunParameters parameters;
  std::vector<NamedValue> last = {};  // of its last iteration and evaluation (compare/scalars.h)
  std::vector<double> rewards = {};   // finite means over leaves, an iteration each, in order
  double best = no_value;             // greatest held-out reward
  std::int64_t nfe = 0;               // latents predicted while sampling
  double seconds = 0;                 // of its iterations, without evaluation
};

// What library_runs has read already, by run: what does not change again is not read again.
using LibraryMemory = std::map<std::int64_t, LibraryRun>;

// Those runs in order. Throws Error.
std::vector<LibraryRun> library_runs(RunReader& reader, std::span<const RunSummary> runs,
                                     LibraryMemory& memory);

// What a filter may ask about a run: id, name, method, status, iterations, seed, figures (how many
// are kept with it), created, host, device; every config key; every metric as it was measured last;
// tags.
FilterRow filter_row(const LibraryRun& run);

// The names that those runs have, and all config keys; texts with their values.
std::vector<FilterName> filter_names(std::span<const LibraryRun> runs);

// A run's numbers and configs, for compare_runs.
ComparedRun compared_run(RunReader& reader, const RunSummary& run);

}  // namespace treegrpo
