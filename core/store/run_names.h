// The names of runs: which are free, and which a run may have. Private to this folder.
#pragma once

#include <string>

#include "record/ids.h"
#include "record/run_config.h"
#include "store/sql.h"

namespace treegrpo {

// "METHOD-sSEED-N" with the first N that no run has, in the trash or out of it.
std::string free_run_name(Statements& statements, const RunConfig& config);

// Throws Error if no run may have that name (empty, a number, a '/', a control character, no UTF-8)
// or one out of the trash has it.
void require_free_name(Statements& statements, const std::string& name);

// The run's name. Throws Error if there is no such run, or it is in the trash.
std::string require_run(Statements& statements, RunId run);

// What to say to somebody who wants to use a run that is in the trash.
Error in_the_trash(const std::string& name, RunId run);

}  // namespace treegrpo
