// The room a store takes on disk: its database and the files beside it. Private to this folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "record/ids.h"
#include "store/database.h"

namespace treegrpo {

// Bytes of the database's pages, free ones among them.
std::int64_t database_bytes(SQLite::Database& database);

// Gives the free pages of the database back to the disk, a few at a time: a process that trains
// into the store meanwhile need not wait.
void give_pages_back(StoreConnection& store);

// A folder of a store's files that this program made: RUN, RUN/checkpoint-000123, or one of the
// latter that was not finished. Whatever else lies there is not ours.
struct FilesFolder {
  std::filesystem::path path;
  RunId run;
  std::optional<std::int32_t> checkpoint;  // iterations; none: the folder of the run itself
  bool unfinished = false;
};
std::vector<FilesFolder> files_folders(const std::filesystem::path& store_file);

// Where the files of a run lie.
std::filesystem::path run_folder(const std::filesystem::path& store_file, RunId run);

// Removes a folder with all that is in it and returns how many bytes that were; 0 if there is none.
// Throws Error if it cannot be removed.
std::int64_t remove_folder(const std::filesystem::path& folder);

}  // namespace treegrpo
