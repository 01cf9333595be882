// SQLite's own account of whether a file is whole. Private to this folder.
#pragma once

#include <string>
#include <vector>

namespace SQLite {
class Database;
}

namespace treegrpo {

struct SqliteIntegrity {
  std::vector<std::string> complaints;  // at most 20; none if the file is whole
  bool only_indexes = true;             // building the indexes anew takes all of them away
};

SqliteIntegrity sqlite_integrity(SQLite::Database& database);

}  // namespace treegrpo
