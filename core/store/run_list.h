// The runs of a store as a list shows them, and the one that a user means. Private to this folder.
#pragma once

#include <string_view>
#include <vector>

#include "store/run_rows.h"
#include "store/sql.h"

namespace treegrpo {

// Those of the store, or those in its trash; newest last. A run whose process is gone reads as
// interrupted.
std::vector<RunSummary> select_runs(Statements& statements);
std::vector<RunSummary> select_trashed_runs(Statements& statements);

// The run of that id or name. Throws Error that says where it is instead, or names near names.
RunSummary run_of(Statements& statements, std::string_view id_or_name);
RunSummary trashed_run_of(Statements& statements, std::string_view id_or_name);

}  // namespace treegrpo
