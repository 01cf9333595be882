// The trash: runs that no list shows, until they are brought back or purged.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "store/database.h"
#include "store/run_rows.h"

namespace treegrpo {

// On connections with write access. Throws Error if there is no such run, or not where it is to be
// taken from.

// Puts a run into the trash: nothing of it is lost, and its name is free for another. Throws Error
// if a process is training it.
void delete_run(StoreConnection& store, RunId run);

// Takes a run out of the trash, under another name where one is given. Throws Error if another run
// has its name by now.
void restore_run(StoreConnection& store, RunId run, const std::optional<std::string>& name = {});

// Removes the rows and the files of a run in the trash for good, in many short transactions after
// each of which the store is whole; pages go back to the disk. Returns the bytes freed.
std::int64_t purge_run(StoreConnection& store, RunId run);

}  // namespace treegrpo
