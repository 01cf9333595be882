// The probes of several runs as one strip: a row a run, all of one prompt and seed; a column for
// every number of iterations after which any of them was probed; the means as a line a run.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "canvas/probe_drawing.h"

namespace treegrpo {

struct ProbedRun {
  std::string letter, name;
  int run = 0;                                             // its colour
  std::vector<std::shared_ptr<const ProbeRecord>> probes;  // in order of iterations
};

// Prompts with a seed that any of the runs has, in the order of the first that has them.
std::vector<ProbeRow> probedPictures(std::span<const ProbedRun> runs);

ProbeStrip comparedStrip(std::span<const ProbedRun> runs, const ProbeRow& picture);

}  // namespace treegrpo
