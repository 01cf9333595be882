// A store file: one SQLite file a workspace, opened so that whatever is wrong with it is one
// sentence. run_writer and run_reader stand on this; nothing else does.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace SQLite {
class Database;
}

namespace treegrpo {

enum class StoreAccess { read, write };

struct StoreOptions {
  int busy_timeout_ms = 5000;  // how long a locked store is waited for before it is an error
  std::int64_t max_bytes =
      0;  // largest size of the file; beyond it the disk counts as full. 0: none
};

// One connection. Used by one thread at a time; any number of connections may be open on a file.
class StoreConnection {
 public:
  // Opens a store; an older version is migrated. With write access the folder, the file and its
  // tables are made where missing. Throws Error if the file is missing (read access), is no store
  // of ours, is damaged, is of a newer version, is locked longer than the time-out, or cannot be
  // written (write access, or an older version: rights, full disk).
  StoreConnection(const std::filesystem::path& file, StoreAccess access,
                  const StoreOptions& options = {});
  ~StoreConnection();
  StoreConnection(StoreConnection&&) noexcept;
  StoreConnection& operator=(StoreConnection&&) noexcept;

  const std::filesystem::path& file() const { return file_; }
  SQLite::Database& database() { return *database_; }

  // Something the user should know once: "the store lies on a network file system …". Often empty.
  const std::string& notice() const { return notice_; }

 private:
  std::filesystem::path file_;
  std::string notice_;
  std::unique_ptr<SQLite::Database> database_;
};

// Whether the store is there and this process may not write it, or not beside it.
bool is_read_only(const std::filesystem::path& store_file);

// The folder beside a store that holds its large files: X.tgws → X.tgws.files.
std::filesystem::path store_files_folder(const std::filesystem::path& store_file);

// Where the checkpoint of a run after that many iterations lies:
// X.tgws.files/RUN/checkpoint-000123.
std::filesystem::path checkpoint_folder(const std::filesystem::path& store_file, std::int64_t run,
                                        std::int32_t iterations);

}  // namespace treegrpo
