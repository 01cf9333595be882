// Small helps around SQLiteCpp. Private to the sources of this folder.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/error.h"
#include "store/database.h"

namespace treegrpo {

// What SQLite reports, as a sentence about that store.
Error store_error(const SQLite::Exception& failure, const std::filesystem::path& file);

// What was read cannot have been written: "the store is damaged: WHAT; …".
Error damaged_store(const std::string& what);

// Runs a function; what SQLite throws in it becomes an Error.
template <typename Function>
auto in_store(const std::filesystem::path& file, Function&& function) {
  try {
    return std::forward<Function>(function)();
  } catch (const SQLite::Exception& failure) {
    throw store_error(failure, file);
  }
}

// One transaction of a connection that may write: all of what the function does, or nothing.
template <typename Function>
auto in_transaction(StoreConnection& store, Function&& function) {
  return in_store(store.file(), [&] {
    SQLite::Transaction transaction(store.database(), SQLite::TransactionBehavior::IMMEDIATE);
    if constexpr (std::is_void_v<decltype(function())>) {
      function();
      transaction.commit();
    } else {
      auto result = function();
      transaction.commit();
      return result;
    }
  });
}

// One use of a prepared statement: parameters bound from 1 in order, NaN as NULL; reset at its end,
// so that no read transaction outlives it.
class Query {
 public:
  template <typename... Values>
  explicit Query(SQLite::Statement& statement, const Values&... values) : statement_(statement) {
    statement_.tryReset();
    statement_.clearBindings();
    int index = 0;
    (bind(++index, values), ...);
  }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  ~Query() { statement_.tryReset(); }

  bool next() { return statement_.executeStep(); }
  int run() { return statement_.exec(); }

  std::int64_t integer(int column) const { return statement_.getColumn(column).getInt64(); }
  std::int32_t integer32(int column) const { return static_cast<std::int32_t>(integer(column)); }
  std::optional<std::int32_t> integer_or_none(int column) const {
    return is_null(column) ? std::nullopt : std::optional(integer32(column));
  }
  bool is_null(int column) const { return statement_.isColumnNull(column); }
  double real(int column) const {
    return is_null(column) ? std::numeric_limits<double>::quiet_NaN()
                           : statement_.getColumn(column).getDouble();
  }
  std::string text(int column) const { return statement_.getColumn(column).getString(); }
  SQLite::Column column(int column) const { return statement_.getColumn(column); }

 private:
  void bind(int index, std::int32_t value) { statement_.bind(index, value); }
  void bind(int index, std::int64_t value) { statement_.bind(index, value); }
  void bind(int index, double value) { statement_.bind(index, value); }
  void bind(int index, const char* value) { statement_.bind(index, value); }
  void bind(int index, std::nullptr_t) { statement_.bind(index); }
  void bind(int index, std::optional<std::int32_t> value) {
    if (value)
      statement_.bind(index, *value);
    else
      statement_.bind(index);
  }
  // The text or the bytes must outlive the Query, as arguments of its making do.
  void bind(int index, const std::string& value) { statement_.bindNoCopy(index, value); }
  template <typename Byte>
  void bind(int index, const std::vector<Byte>& bytes) {
    statement_.bindNoCopy(index, bytes.data(), static_cast<int>(bytes.size()));
  }

  SQLite::Statement& statement_;
};

// The prepared statements of a connection, each made on first use.
class Statements {
 public:
  explicit Statements(SQLite::Database& database) : database_(&database) {}

  SQLite::Database& database() { return *database_; }

  // `sql` is a literal: its address is what it is known by.
  SQLite::Statement& operator[](const char* sql) {
    std::unique_ptr<SQLite::Statement>& statement = statements_[sql];
    if (!statement) statement = std::make_unique<SQLite::Statement>(*database_, sql);
    return *statement;
  }

 private:
  SQLite::Database* database_;
  std::map<const char*, std::unique_ptr<SQLite::Statement>> statements_;
};

}  // namespace treegrpo
