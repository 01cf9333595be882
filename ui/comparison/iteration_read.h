// What is read of all prompts of one iteration of several runs: pictures and samples, as far as the
// reading has come.
#pragma once

#include <vector>

#include "canvas/image_grid.h"
#include "comparison/compared_samples.h"

namespace treegrpo {

struct IterationRead {
  ImageGrid grid;                   // a row a prompt, a column a run
  std::vector<TreeSample> samples;  // of each run, pooled over its prompts
  int done = 0, of = 0;             // cells
  bool cancelled = false;

  bool goesOn() const { return done < of && !cancelled; }
};

}  // namespace treegrpo
