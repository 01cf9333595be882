// What was grown again from nodes of stored trees: kept beside them under purpose 'regrow', counted
// nowhere, gone with the trees of their iteration.
#pragma once

#include <cstdint>
#include <vector>

#include "record/regrown.h"
#include "store/database.h"
#include "store/run_rows.h"

namespace treegrpo {

class Statements;

struct StoredRegrown {
  std::int64_t id = 0;  // counts up over the store
  Regrown regrown;
};

// One transaction on a connection with write access, whether or not a process trains the run
// meanwhile; answers its id. Throws Error if the run has no such prompt, or the record is no tree.
std::int64_t add_regrown(StoreConnection& store, RunId run, const Regrown& regrown);

// In order of id; private to this folder (RunReader::regrown is for others).
std::vector<StoredRegrown> select_regrown(Statements& statements, RunId run, std::int32_t iteration,
                                          PromptId prompt);

}  // namespace treegrpo
