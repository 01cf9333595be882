#include "store/database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <string_view>

#include "base/paths.h"
#include "store/schema.h"
#include "store/sql.h"

namespace treegrpo {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view sqlite_magic{"SQLite format 3\0", 16};
constexpr std::uintmax_t smallest_page = 512;

bool may_write(const fs::path& path) {
  return ::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) == 0;
}

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

bool is_empty_or_missing(const fs::path& file) {
  std::error_code ignored;
  return !fs::exists(file, ignored) || fs::file_size(file, ignored) == 0;
}

// True on file systems between machines, where shared memory beside the file does not work.
bool on_network(const fs::path& folder) {
  constexpr std::array<unsigned long, 10> network_types = {
      0x6969,      // NFS
      0x517B,      // SMB
      0xFF534D42,  // CIFS
      0xFE534D42,  // SMB2
      0x01021997,  // 9P
      0x5346414F,  // AFS
      0x00C36400,  // Ceph
      0x0BD00BD0,  // Lustre
      0x47504653,  // GPFS
      0x19830326,  // BeeGFS
  };
  struct statfs facts {};
  if (::statfs(folder.c_str(), &facts) != 0) return false;
  const auto type = static_cast<unsigned long>(facts.f_type) & 0xFFFFFFFFUL;
  return std::find(network_types.begin(), network_types.end(), type) != network_types.end();
}

// file:///path?… with what a URI reserves escaped.
std::string uri(const fs::path& file, const std::string& options) {
  std::string text = "file:";
  for (const char c : fs::absolute(file).string()) {
    if (c == '%' || c == '?' || c == '#') {
      std::array<char, 4> escaped{};
      std::snprintf(escaped.data(), escaped.size(), "%%%02X", static_cast<unsigned>(c));
      text += escaped.data();
    } else {
      text += c;
    }
  }
  return text + "?" + options;
}

// Not for files that SQLite may have open: closing any descriptor of a file drops all locks that
// the process has on it, and another process would then take away the log under its writer.
std::string first_bytes(const fs::path& file) {
  std::array<char, sqlite_magic.size()> start{};
  std::ifstream stream(file, std::ios::binary);
  stream.read(start.data(), start.size());
  return {start.data(), static_cast<std::size_t>(stream.gcount())};
}

// What can be said of a file before SQLite looks at it.
void check_file(const fs::path& file, StoreAccess access) {
  std::error_code ignored;
  if (fs::is_directory(file, ignored))
    throw Error("'" + file.string() + "' is a folder; a store is a file, such as runs.tgws");
  if (!fs::exists(file, ignored)) {
    if (access == StoreAccess::write) return;
    throw Error("there is no store '" + file.string() +
                "' yet; train a run first, or name another with --store");
  }
  if (::access(file.c_str(), R_OK) != 0)
    throw Error("the store '" + file.string() + "' cannot be read: there is no right to",
                ErrorKind::no_access);
  const std::uintmax_t size = fs::file_size(file, ignored);
  if (size == 0 && access == StoreAccess::read)
    throw Error("the store '" + file.string() + "' is empty; train a run first");
  if (size == 0 || size >= smallest_page) return;  // SQLite says the rest
  const std::string read = first_bytes(file);
  if (read != sqlite_magic.substr(0, read.size()))
    throw Error("'" + file.string() +
                    "' is no store of this program: it is not an SQLite file; name another with "
                    "--store",
                ErrorKind::store_foreign);
  throw Error("the store '" + file.string() + "' is cut short; restore a copy of it",
              ErrorKind::store_damaged);
}

std::unique_ptr<SQLite::Database> open_for_writing(const fs::path& file,
                                                   const StoreOptions& options) {
  create_folders(file.parent_path());
  std::error_code ignored;
  const bool exists = fs::exists(file, ignored);
  if (!may_write(folder_of(file)) || (exists && !may_write(file)))
    throw Error(
        "the store '" + file.string() +
            "' cannot be written: file or folder is read-only; name another with --store or "
            "change its rights",
        ErrorKind::no_access);
  // A connection is of one thread at a time: SQLite need not guard every call against others.
  return std::make_unique<SQLite::Database>(
      file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX,
      options.busy_timeout_ms);
}

// SQLite reads a file that it may not write beside only if nobody writes it meanwhile (immutable),
// or if the files of a live writer are there to be read.
std::unique_ptr<SQLite::Database> open_in_read_only_folder(const fs::path& file,
                                                           const StoreOptions& options,
                                                           std::string& notice) {
  const int flags = SQLite::OPEN_READONLY | SQLite::OPEN_URI;
  if (!is_empty_or_missing(file.string() + "-wal")) {
    try {
      auto live =
          std::make_unique<SQLite::Database>(uri(file, "mode=ro"), flags, options.busy_timeout_ms);
      live->execAndGet("SELECT count(*) FROM sqlite_schema");
      return live;
    } catch (const SQLite::Exception&) {
      notice = "the latest changes of '" + file.string() +
               "' lie in its -wal file, which cannot be read from a read-only folder; copy both to "
               "a folder that may be written to see them";
    }
  }
  return std::make_unique<SQLite::Database>(uri(file, "mode=ro&immutable=1"), flags,
                                            options.busy_timeout_ms);
}

std::unique_ptr<SQLite::Database> open_for_reading(const fs::path& file,
                                                   const StoreOptions& options,
                                                   std::string& notice) {
  if (!may_write(folder_of(file)) || !may_write(file))
    return open_in_read_only_folder(file, options, notice);
  // Opened for writing so that SQLite can recover after a crash; then held to reading.
  auto database =
      std::make_unique<SQLite::Database>(file, SQLite::OPEN_READWRITE, options.busy_timeout_ms);
  database->exec("PRAGMA query_only = ON");
  return database;
}

bool has_tables(SQLite::Database& database) {
  return database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt64() > 0;
}

// Reads what the file says it is. Throws Error unless it is a store that this program understands;
// returns its version.
int checked_version(SQLite::Database& database, const fs::path& file) {
  const bool tables = has_tables(database);
  const std::int64_t application = database.execAndGet("PRAGMA application_id").getInt64();
  const int version = database.execAndGet("PRAGMA user_version").getInt();
  if (!tables || application != store_application_id)
    throw Error("'" + file.string() +
                    "' is an SQLite file, but no store of this program; name another with --store",
                ErrorKind::store_foreign);
  if (version > schema_version)
    throw Error("the store '" + file.string() +
                    "' was written by a newer version of this program "
                    "(its version is " +
                    std::to_string(version) + ", this program reads up to " +
                    std::to_string(schema_version) +
                    "); update the program, or name another store "
                    "with --store",
                ErrorKind::store_foreign);
  return version;
}

// Makes the tables where there are none, migrates older ones.
void bring_up_to_date(SQLite::Database& database, const fs::path& file) {
  // Both heeded while the file is empty. An iteration is mostly pictures of a few KB: in SQLite's
  // usual pages of 4 KB its commit and the checkpoint after it are 900 writes.
  database.exec("PRAGMA page_size = 16384");
  database.exec("PRAGMA auto_vacuum = INCREMENTAL");
  database.exec("PRAGMA foreign_keys = OFF");  // a migration may make a table anew
  if (has_tables(database) && checked_version(database, file) == schema_version) return;
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  if (!has_tables(database)) {
    create_schema(database);
  } else {
    const int version = checked_version(database, file);  // again: another may have been faster
    if (version < schema_version) migrate(database, version, schema_version, migrations());
  }
  transaction.commit();
}

void migrate_for_reading(const fs::path& file, const StoreOptions& options) {
  try {
    bring_up_to_date(*open_for_writing(file, options), file);
  } catch (const Error& error) {
    throw error.within("the store '" + file.string() +
                       "' is of an older version and must be brought up to date once");
  }
}

void set_journal(SQLite::Database& database, const fs::path& file, std::string& notice) {
  const bool network = on_network(folder_of(file));
  const std::string wanted = network ? "truncate" : "wal";
  if (database.execAndGet("PRAGMA journal_mode").getString() != wanted)
    database.execAndGet("PRAGMA journal_mode = " + wanted);
  if (network)
    notice = "the store '" + file.string() +
             "' lies on a network file system: readers wait while an iteration is written";
}

void limit_size(SQLite::Database& database, std::int64_t bytes) {
  const std::int64_t page = database.execAndGet("PRAGMA page_size").getInt64();
  database.execAndGet("PRAGMA max_page_count = " +
                      std::to_string(std::max<std::int64_t>(1, bytes / page)));
}

std::unique_ptr<SQLite::Database> open_database(const fs::path& file, StoreAccess access,
                                                const StoreOptions& options, std::string& notice) {
  if (access == StoreAccess::read) {
    auto database = open_for_reading(file, options, notice);
    if (checked_version(*database, file) == schema_version) return database;
    database.reset();
    migrate_for_reading(file, options);
    return open_for_reading(file, options, notice);
  }
  auto database = open_for_writing(file, options);
  bring_up_to_date(*database, file);
  set_journal(*database, file, notice);
  database->exec("PRAGMA synchronous = FULL");
  database->exec("PRAGMA foreign_keys = ON");
  if (options.max_bytes > 0) limit_size(*database, options.max_bytes);
  return database;
}

}  // namespace

StoreConnection::StoreConnection(const fs::path& file, StoreAccess access,
                                 const StoreOptions& options)
    : file_(file) {
  check_file(file, access);
  database_ = in_store(file, [&] { return open_database(file, access, options, notice_); });
}

StoreConnection::~StoreConnection() = default;
StoreConnection::StoreConnection(StoreConnection&&) noexcept = default;
StoreConnection& StoreConnection::operator=(StoreConnection&&) noexcept = default;

bool is_read_only(const fs::path& store_file) {
  std::error_code ignored;
  return fs::exists(store_file, ignored) &&
         (!may_write(store_file) || !may_write(folder_of(store_file)));
}

fs::path store_files_folder(const fs::path& store_file) { return store_file.string() + ".files"; }

fs::path checkpoint_folder(const fs::path& store_file, std::int64_t run, std::int32_t iterations) {
  std::array<char, 32> name{};
  std::snprintf(name.data(), name.size(), "checkpoint-%06d", iterations);
  return store_files_folder(store_file) / std::to_string(run) / name.data();
}

}  // namespace treegrpo
