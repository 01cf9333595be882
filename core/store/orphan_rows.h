// Rows that belong to something that is not there: no command can reach them. Private to this
// folder.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace SQLite {
class Database;
}

namespace treegrpo {

struct OrphanRows {
  std::string table;
  std::string owner;  // what they lack, such as "run"
  std::int64_t count = 0;
};

// Those there are, a table at a time.
std::vector<OrphanRows> orphan_rows(SQLite::Database& database);

// Removes them, and what then belongs to nothing; returns what was removed. A parent run that is
// gone is forgotten instead.
std::vector<OrphanRows> remove_orphan_rows(SQLite::Database& database);

}  // namespace treegrpo
