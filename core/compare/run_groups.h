// Which runs belong together: those that are the same but for their seed, or that share a value.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "compare/config_entries.h"
#include "record/event.h"

namespace treegrpo {

// What a run was made with, and what was changed while it ran.
struct RunParameters {
  ConfigEntries entries;
  std::vector<ParameterChanged> changes;
};

struct Grouping {
  std::vector<std::string> keys = {"run.seed"};  // full config keys; "reward" is the whole list
  // False: runs that differ in nothing but these keys and their names belong together, changes made
  // while they ran included. True: runs that are equal in these keys do.
  bool by_equal = false;
};

// Of runs none of which is null: indices of those of each group; groups in the order of their first
// runs, runs in order.
std::vector<std::vector<std::size_t>> group_runs(std::span<const RunParameters* const> runs,
                                                 const Grouping& grouping);

// "A" to "Z", then "AA", "AB", …
std::string group_letter(std::size_t group);

}  // namespace treegrpo
