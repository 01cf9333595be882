// The rows of the table command, for whoever writes a run. Private to this folder.
#pragma once

#include <vector>

#include "record/ids.h"
#include "store/run_commands.h"
#include "store/sql.h"

namespace treegrpo {

// Those that nobody has taken, in order.
std::vector<CommandRow> select_commands(Statements& statements, RunId run);

void mark_commands_taken(Statements& statements, RunId run);

}  // namespace treegrpo
