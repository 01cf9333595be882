// The tables of a store and how an older file becomes one of this version (migrations.cpp).
// SCHEMA.md says what each column means.
#pragma once

#include <span>

namespace SQLite {
class Database;
}

namespace treegrpo {

inline constexpr int schema_version = 7;                 // PRAGMA user_version
inline constexpr int store_application_id = 0x74675753;  // PRAGMA application_id, "tgWS"

// Makes the tables of the current version, in the caller's transaction.
void create_schema(SQLite::Database& database);

// One step from a version to the next.
struct Migration {
  int from = 0;
  const char* sql = "";
};

// The steps there are, oldest first.
std::span<const Migration> migrations();

// Applies the steps from version `from` on and sets user_version to `to`, in the caller's
// transaction; foreign keys must be off, since a step may make a table anew. Throws Error if a step
// is missing.
void migrate(SQLite::Database& database, int from, int to, std::span<const Migration> steps);

}  // namespace treegrpo
