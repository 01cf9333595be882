// Stores that the benchmark of the window opens: runs that were never trained, with made-up trees.
#pragma once

#include <cstdint>
#include <filesystem>

#include "record/tree_schedule.h"

namespace treegrpo::bench {

struct MadeRun {
  TreeSchedule schedule;
  std::int32_t iterations = 1;
  std::int32_t prompts = 1;
  int picture_side = 32;  // of leaves; 0: none
};

// Writes a store with one such run, finished. Throws Error.
void writeStore(const std::filesystem::path& file, const MadeRun& made);

// Adds so many such runs: two methods, five seeds, twenty learning rates, the same trees in all.
void writeStores(const std::filesystem::path& file, int runs, const MadeRun& made);

}  // namespace treegrpo::bench
