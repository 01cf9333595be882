// What may be wrong with a store. What can be mended is store_repair's, what can be thrown away
// store_care's.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "record/ids.h"
#include "store/database.h"

namespace treegrpo {

// Which command takes a finding away.
enum class Remedy { none, repair, compact };

struct StoreFinding {
  std::string sentence;
  RunId run;  // 0: none in particular
  Remedy remedy = Remedy::none;
};

// What was looked at, and what is wrong with it.
struct StoreCheck {
  std::int64_t runs = 0;        // those in the trash too
  std::int64_t iterations = 0;  // likewise
  std::int64_t trees = 0;       // one a prompt
  std::int64_t checkpoints = 0;
  std::vector<StoreFinding> findings;
};

// Looks at all of a store as of one moment: SQLite's own integrity, and where that is broken at
// nothing more; rows that belong to nothing; the counts and sums that a run keeps; its config, its
// iterations and every tree, as they would be read; owners that are gone; the files of checkpoints;
// folders that nobody knows of. Counts and files of a run that is being trained are left out.
// Changes nothing. Throws Error if the store cannot be read.
StoreCheck check_store(StoreConnection& store);

}  // namespace treegrpo
