// What a run says it holds, and what it does hold. Private to this folder.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "record/ids.h"
#include "store/sql.h"

namespace treegrpo {

struct RunCounts {
  RunId run;
  std::string name;
  bool alive = false;  // a process is training it: what it says may be a moment old
  std::int64_t iterations = 0;
  std::int64_t image_bytes = 0;
  std::int64_t last_iteration = 0;    // plus 1; 0 where there is none
  std::int64_t iteration_rows = 0;    // less than that where some are missing
  std::int64_t image_bytes_held = 0;  // sum over its pictures
};

// Of all runs, those in the trash too, in order of ids.
std::vector<RunCounts> run_counts(Statements& statements);

}  // namespace treegrpo
