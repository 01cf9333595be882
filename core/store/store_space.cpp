#include "store/store_space.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <system_error>

#include "base/error.h"
#include "store/sql.h"

namespace treegrpo {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view checkpoint_prefix = "checkpoint-";
constexpr std::string_view unfinished_suffix = ".unfinished";

std::int64_t pragma(SQLite::Database& database, const char* name) {
  return database.execAndGet(std::string("PRAGMA ") + name).getInt64();
}

template <typename Number>
std::optional<Number> whole_number(std::string_view text) {
  Number number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = failure == std::errc() && end == text.data() + text.size() && number >= 0;
  return whole ? std::optional(number) : std::nullopt;
}

// The folders in a folder, in order of their names; none if it is not there or cannot be read.
std::vector<fs::path> folders_in(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code failure;
  for (fs::directory_iterator at(folder, failure), end; !failure && at != end;
       at.increment(failure)) {
    std::error_code ignored;
    if (at->is_directory(ignored) && !at->is_symlink(ignored)) found.push_back(at->path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

// The folder as one of a checkpoint, if its name is that of one.
std::optional<FilesFolder> checkpoint_in(const fs::path& folder, RunId run) {
  const std::string name = folder.filename().string();
  std::string_view number = name;
  if (!number.starts_with(checkpoint_prefix)) return std::nullopt;
  number.remove_prefix(checkpoint_prefix.size());
  const bool unfinished = number.ends_with(unfinished_suffix);
  if (unfinished) number.remove_suffix(unfinished_suffix.size());
  const auto iterations = whole_number<std::int32_t>(number);
  if (!iterations) return std::nullopt;
  return FilesFolder{folder, run, iterations, unfinished};
}

std::int64_t bytes_in(const fs::path& folder) {
  std::int64_t bytes = 0;
  std::error_code failure;
  for (fs::recursive_directory_iterator at(folder, failure), end; !failure && at != end;
       at.increment(failure)) {
    std::error_code ignored;
    if (!at->is_regular_file(ignored) || at->is_symlink(ignored)) continue;
    const std::uintmax_t size = at->file_size(ignored);
    if (!ignored) bytes += static_cast<std::int64_t>(size);
  }
  return bytes;
}

}  // namespace

std::int64_t database_bytes(SQLite::Database& database) {
  return pragma(database, "page_count") * pragma(database, "page_size");
}

void give_pages_back(StoreConnection& store) {
  in_store(store.file(), [&] {
    SQLite::Database& database = store.database();
    std::int64_t free_pages = pragma(database, "freelist_count");
    while (free_pages > 0) {
      database.exec("PRAGMA incremental_vacuum(1000)");
      const std::int64_t left = pragma(database, "freelist_count");
      if (left >= free_pages) break;  // a database that was made to keep its pages
      free_pages = left;
    }
    database.execAndGet("PRAGMA wal_checkpoint(TRUNCATE)");
  });
}

std::vector<FilesFolder> files_folders(const fs::path& store_file) {
  std::vector<FilesFolder> found;
  for (const fs::path& folder : folders_in(store_files_folder(store_file))) {
    const auto number = whole_number<std::int64_t>(folder.filename().string());
    if (!number) continue;
    found.push_back({folder, {*number}, std::nullopt, false});
    for (const fs::path& inner : folders_in(folder))
      if (const auto checkpoint = checkpoint_in(inner, {*number})) found.push_back(*checkpoint);
  }
  return found;
}

fs::path run_folder(const fs::path& store_file, RunId run) {
  return store_files_folder(store_file) / std::to_string(run.value);
}

std::int64_t remove_folder(const fs::path& folder) {
  const std::int64_t bytes = bytes_in(folder);
  std::error_code failure;
  fs::remove_all(folder, failure);
  if (failure)
    throw Error("cannot remove the folder '" + folder.string() + "': " + failure.message());
  return bytes;
}

}  // namespace treegrpo
