// The rows of figure. Private to this folder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "record/ids.h"
#include "store/run_rows.h"
#include "store/sql.h"

namespace treegrpo {

// Of a run, by name.
std::vector<StoredFigure> select_figures(Statements& statements, RunId run);

// What to say to somebody who asked for a figure that the run has not.
Error no_figure(Statements& statements, RunId run, const std::string& name);

// A run that has another name has it in recipes too: in those of one run, or of all (none). In the
// caller's transaction.
void rename_in_figures(Statements& statements, std::optional<RunId> of, const std::string& from,
                       const std::string& to);

}  // namespace treegrpo
