// Mends what can be mended of a store without loss.
#pragma once

#include <string>
#include <vector>

#include "store/database.h"

namespace treegrpo {

// Mends, on a connection with write access, what check_store finds with the remedy `repair`: runs
// whose process is gone become interrupted; counts and sums are made again; rows that belong to
// nothing, rows of checkpoints whose folder is gone and unfinished folders are removed; indexes are
// built anew. Returns a sentence for each thing done. Throws Error, having done nothing, if a run
// is being trained or SQLite finds damage that is not mended so.
std::vector<std::string> repair_store(StoreConnection& store);

}  // namespace treegrpo
