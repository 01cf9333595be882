// The rows of prompt_set. Private to this folder.
#pragma once

#include <span>
#include <vector>

#include "record/ids.h"
#include "store/run_rows.h"
#include "store/sql.h"

namespace treegrpo {

// In the caller's transaction.
void insert_prompts(Statements& statements, RunId run, std::span<const StoredPrompts> prompts);

// Of a run, those to train first. Throws Error if a row cannot have been written.
std::vector<StoredPrompts> select_stored_prompts(Statements& statements, RunId run);

}  // namespace treegrpo
