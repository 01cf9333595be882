// Figures that a user keeps with a run: recipes, by name. What a recipe may say is ui/figure's to
// know; here it is JSON whose panels name runs.
#pragma once

#include <map>
#include <string>

#include "store/database.h"
#include "store/run_rows.h"

namespace treegrpo {

// Each is one transaction on a connection with write access, whether or not a process trains the
// run meanwhile. Throws Error if there is no such run out of the trash.

// Writes a figure; one of that name is replaced. `created` is now where it is empty. Returns the
// figure as it was written. Throws Error (usage) if the name is not one line of text of at most 200
// bytes, or the recipe no JSON object.
StoredFigure put_figure(StoreConnection& store, StoredFigure figure);

// Throws Error that says which figures the run has if that is none of them; rename_figure also if
// another one has the new name.
void rename_figure(StoreConnection& store, RunId run, const std::string& name,
                   const std::string& new_name);
void remove_figure(StoreConnection& store, RunId run, const std::string& name);

// The recipe with other names for runs, all at once: in "run", "other_run" and "runs" of its
// panels. One that cannot be read stays as it is.
std::string with_runs_renamed(const std::string& recipe,
                              const std::map<std::string, std::string>& names);

}  // namespace treegrpo
