// The runs of a store as a library shows and filters them: what each was made with, and what it has
// come to, without reading a node.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
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
  std::shared_ptr<const RunParameters> parameters = {};  // never null once it was read
  std::vector<NamedValue> last = {};  // of its last iteration and evaluation (compare/scalars.h)
  std::vector<double> rewards = {};   // finite means over leaves, an iteration each, in order
  double best = no_value;             // greatest held-out reward
  std::int64_t nfe = 0;               // latents predicted while sampling
  double seconds = 0;                 // of its iterations, without evaluation
  std::vector<Note> notes = {};       // in the order they were written
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

// The names that a filter over some runs may use: what those runs have, and all config keys.
class FilterNames {
 public:
  FilterNames();

  void add(const FilterRow& run);
  // In alphabetical order; texts with their values.
  std::vector<FilterName> list() const;

 private:
  struct Known {
    FilterKind kind = FilterKind::number;
    std::set<std::string, std::less<>> values = {};
  };
  using Names = std::map<std::string, Known, std::less<>>;
  // From `near` on, which is where names in alphabetical order are found soonest.
  Names::iterator add(Names::iterator near, const std::string& name, const FilterValue& value);

  Names names_;
};

// A run's numbers and configs, for compare_runs.
ComparedRun compared_run(RunReader& reader, const RunSummary& run);

}  // namespace treegrpo
