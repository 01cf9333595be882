// The values of a store as text, to tell whether two runs came out the same: every column of every
// table but those that hold times, sizes of memory, processes and numbers of rows.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace treegrpo::test {

// A line a row: the table, then its columns in order.
using StoreValues = std::vector<std::string>;

inline bool differs_between_equal_runs(const std::string& table, const std::string& column) {
  static const std::vector<std::string> left_out = {"created", "updated", "taken", "peak_bytes",
                                                    "heartbeat"};
  return std::find(left_out.begin(), left_out.end(), column) != left_out.end() ||
         column.starts_with("seconds") || column.starts_with("owner_") ||
         (column == "id" && table != "run");
}

inline std::vector<std::string> columns_of(SQLite::Database& database, const std::string& table) {
  std::vector<std::string> columns;
  SQLite::Statement rows(database, "SELECT name FROM pragma_table_info('" + table + "')");
  while (rows.executeStep()) columns.push_back(rows.getColumn(0).getString());
  return columns;
}

inline void add_values(SQLite::Database& database, const std::string& table, StoreValues& values) {
  // The rows of a tree are known by its place, not by its number.
  std::string shown = "'" + table + "'", from = table;
  for (const std::string& column : columns_of(database, table)) {
    if (differs_between_equal_runs(table, column)) continue;
    const bool of_tree = table != "tree" && column == "tree";
    if (of_tree) from = table + " JOIN tree ON " + table + ".tree = tree.id";
    shown += of_tree ? " || ' ' || tree.run || '/' || tree.iteration || '/' || tree.prompt || '/' "
                       "|| tree.tree"
                     : " || ' ' || quote(" + table + "." + column + ")";
  }
  SQLite::Statement rows(database, "SELECT " + shown + " FROM " + from + " ORDER BY 1");
  while (rows.executeStep()) values.push_back(rows.getColumn(0).getString());
}

inline StoreValues store_values(const std::filesystem::path& store,
                                const std::vector<std::string>& left_out_tables = {}) {
  SQLite::Database database(store.string(), SQLite::OPEN_READWRITE);
  std::vector<std::string> tables;
  SQLite::Statement rows(database,
                         "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE "
                         "'sqlite_%' ORDER BY name");
  while (rows.executeStep()) tables.push_back(rows.getColumn(0).getString());
  StoreValues values;
  for (const std::string& table : tables)
    if (std::find(left_out_tables.begin(), left_out_tables.end(), table) == left_out_tables.end())
      add_values(database, table, values);
  return values;
}

// The first row in which two stores differ, empty if none.
inline std::string first_difference(const StoreValues& a, const StoreValues& b) {
  for (std::size_t row = 0; row < std::max(a.size(), b.size()); ++row) {
    const std::string one = row < a.size() ? a[row] : "nothing";
    const std::string other = row < b.size() ? b[row] : "nothing";
    if (one != other) return one.substr(0, 400) + "\nis not\n" + other.substr(0, 400);
  }
  return {};
}

}  // namespace treegrpo::test
