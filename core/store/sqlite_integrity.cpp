#include "store/sqlite_integrity.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <algorithm>

namespace treegrpo {
namespace {

// "row 3 missing from index tree_by_prompt", "wrong # of entries in index …".
bool is_of_an_index(const std::string& complaint) {
  return complaint.find(" missing from index ") != std::string::npos ||
         complaint.starts_with("wrong # of entries in index ");
}

}  // namespace

SqliteIntegrity sqlite_integrity(SQLite::Database& database) {
  SqliteIntegrity integrity;
  const auto complain = [&](std::string complaint) {
    if (complaint == "ok") return;
    std::replace(complaint.begin(), complaint.end(), '\n', ' ');
    integrity.only_indexes = integrity.only_indexes && is_of_an_index(complaint);
    integrity.complaints.push_back(std::move(complaint));
  };
  try {
    SQLite::Statement rows(database, "PRAGMA integrity_check(20)");
    while (rows.executeStep()) complain(rows.getColumn(0).getString());
  } catch (const SQLite::Exception& failure) {
    // It may stumble over what it looks for.
    if ((failure.getErrorCode() & 0xFF) != SQLITE_CORRUPT) throw;
    complain(failure.what());
  }
  return integrity;
}

}  // namespace treegrpo
