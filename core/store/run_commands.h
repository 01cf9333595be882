// What another process asks of the one that trains a run, through the store: a row that the run
// takes within a fraction of a second.
#pragma once

#include <string>

#include "record/ids.h"
#include "store/database.h"

namespace treegrpo {

struct CommandRow {
  std::string command;   // a word; what there is, is the caller's to know
  std::string argument;  // empty: none
};

// One transaction on a connection with write access. Throws Error if there is no such run, or no
// living process is at it that could take the command.
void give_command(StoreConnection& store, RunId run, const CommandRow& command);

}  // namespace treegrpo
