#include "store/command_rows.h"

#include "base/clock.h"
#include "base/error.h"
#include "store/owner_rows.h"

namespace treegrpo {
namespace {

constexpr const char* insert_command_sql =
    "INSERT INTO command(run, command, argument, created) VALUES(?, ?, ?, ?)";
constexpr const char* select_commands_sql = R"sql(
SELECT command, coalesce(argument, '') FROM command WHERE run = ? AND taken IS NULL ORDER BY id)sql";
constexpr const char* take_commands_sql =
    "UPDATE command SET taken = ? WHERE run = ? AND taken IS NULL";

}  // namespace

void give_command(StoreConnection& store, RunId run, const CommandRow& command) {
  Statements statements(store.database());
  in_transaction(store, [&] {
    if (!is_being_trained(statements, run))
      throw Error("run " + std::to_string(run.value) +
                  " is not being trained, so nobody could do that; resume it first");
    Query(statements[insert_command_sql], run.value, command.command, command.argument, utc_now())
        .run();
  });
}

std::vector<CommandRow> select_commands(Statements& statements, RunId run) {
  std::vector<CommandRow> commands;
  Query rows(statements[select_commands_sql], run.value);
  while (rows.next()) commands.push_back({.command = rows.text(0), .argument = rows.text(1)});
  return commands;
}

void mark_commands_taken(Statements& statements, RunId run) {
  Query(statements[take_commands_sql], utc_now(), run.value).run();
}

}  // namespace treegrpo
