// Making a store smaller: throwing away what its policies do not keep, and giving room back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/database.h"

namespace treegrpo {

struct CompactOptions {
  std::optional<std::int32_t> budget_mb;  // of a run's pictures, in 10^6 bytes; none: its own
};

struct CompactReport {
  std::int64_t image_bytes = 0;   // of pictures that were removed
  std::int64_t folder_bytes = 0;  // of folders that were removed
  std::int64_t bytes_before = 0;  // of the database
  std::int64_t bytes_after = 0;   // likewise
  std::vector<std::string> done;  // a sentence for each run and folder
};

// On a connection with write access. Thins the pictures of each run by its image policy and to its
// budget (inner nodes before leaves, older iterations first, iteration 0 last), removes folders of
// runs and checkpoints that have no row, and gives free pages back. In short transactions; runs
// that are being trained are left alone. Throws Error if something cannot be removed.
CompactReport compact_store(StoreConnection& store, const CompactOptions& options = {});

struct VacuumReport {
  std::int64_t bytes_before = 0;  // of the database
  std::int64_t bytes_after = 0;
};

// On a connection with write access: writes the database anew without gaps, which needs as much
// room again for a while. Throws Error if a run is being trained, since it would have to wait.
VacuumReport vacuum_store(StoreConnection& store);

}  // namespace treegrpo
