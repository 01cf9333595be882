// What a user says about runs: their names, tags and notes. Reading them is run_reader's.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "store/database.h"
#include "store/run_rows.h"

namespace treegrpo {

// Each is one transaction on a connection with write access, whether or not a process trains the
// run meanwhile. Throws Error if there is no such run out of the trash.

// Throws Error if another run has the name or none may have it (as RunWriter::create_run).
void rename_run(StoreConnection& store, RunId run, const std::string& name);

// Adds those that the run does not have yet. A tag is one word without ',' that does not begin with
// '+' or '-'; otherwise throws Error (usage) and adds none.
void add_tags(StoreConnection& store, RunId run, std::span<const std::string> tags);

// Throws Error that says which tags the run has if it lacks one of them, and removes none.
void remove_tags(StoreConnection& store, RunId run, std::span<const std::string> tags);

// Returns the note as it was written. Throws Error (usage) if the text is empty or no UTF-8. That
// the place exists is the caller's to check (RunReader::check_place).
Note add_note(StoreConnection& store, RunId run, const NotePlace& place, const std::string& text);

// Throws Error that says which notes the run has if that is none of them.
void remove_note(StoreConnection& store, RunId run, std::int64_t note);

}  // namespace treegrpo
