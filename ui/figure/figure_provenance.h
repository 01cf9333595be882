// Where a figure comes from, as its file's metadata says it: nothing of the machine, no date but
// those of the runs.
#pragma once

#include <string>

#include "figure/figure_data.h"

namespace treegrpo {

struct FigureProvenance {
  std::string title;
  std::string program;      // "TreeGRPO Studio 0.1.0"; also for blind review
  std::string description;  // JSON: runs with seed, config and version, n, the recipe; empty: off
  std::string created;      // of the newest run, UTC, ISO 8601; empty: off
};

FigureProvenance provenanceOf(const FigureRecipe& recipe, const FigureData& data,
                              const std::string& version);

}  // namespace treegrpo
