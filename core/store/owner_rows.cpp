#include "store/owner_rows.h"

#include <utility>

namespace treegrpo {
namespace {

constexpr const char* at_work_sql = R"sql(
SELECT id, name, owner_host, owner_pid, owner_boot_id, owner_started, heartbeat FROM run
WHERE status IN ('preparing', 'running', 'paused') ORDER BY id)sql";

constexpr const char* set_status_sql = "UPDATE run SET status = ?, failure = ? WHERE id = ?";

constexpr const char* give_up_sql = R"sql(
UPDATE run SET owner_host = NULL, owner_pid = NULL, owner_boot_id = NULL, owner_started = NULL,
  heartbeat = NULL WHERE id = ?)sql";

RunOwner owner_in(const Query& row, int first) {
  return {.host = row.text(first),
          .pid = row.integer(first + 1),
          .boot_id = row.text(first + 2),
          .started = row.integer(first + 3)};
}

}  // namespace

bool owner_lives(const Query& row, int first) {
  if (row.is_null(first)) return false;
  return is_alive(owner_in(row, first), row.real(first + 4));
}

RunStatus status_now(const std::string& stored, const Query& row, int first) {
  const RunStatus status = run_status_from_name(stored);
  return !is_at_work(status) || owner_lives(row, first) ? status : RunStatus::interrupted;
}

std::optional<RunProcess> process_of(const Query& row, int first) {
  if (row.is_null(first)) return std::nullopt;
  RunOwner owner = owner_in(row, first);
  const bool own = owner == current_owner();
  return RunProcess{.host = std::move(owner.host),
                    .pid = owner.pid,
                    .heartbeat = row.real(first + 4),
                    .own = own};
}

std::vector<RunAtWork> runs_at_work(Statements& statements) {
  std::vector<RunAtWork> runs;
  Query rows(statements[at_work_sql]);
  while (rows.next()) {
    RunAtWork run{.run = {rows.integer(0)},
                  .name = rows.text(1),
                  .alive = owner_lives(rows, 2),
                  .process = {}};
    if (!rows.is_null(2)) run.process = "process " + rows.text(3) + " on " + rows.text(2);
    runs.push_back(std::move(run));
  }
  return runs;
}

bool is_being_trained(Statements& statements, RunId run) {
  for (const RunAtWork& at_work : runs_at_work(statements))
    if (at_work.run == run && at_work.alive) return true;
  return false;
}

void require_idle(Statements& statements, RunId run) {
  for (const RunAtWork& at_work : runs_at_work(statements))
    if (at_work.run == run && at_work.alive)
      throw Error("the run '" + at_work.name + "' is being trained by " + at_work.process +
                  "; stop it there first");
}

void require_all_idle(Statements& statements, const std::string& what) {
  for (const RunAtWork& at_work : runs_at_work(statements))
    if (at_work.alive)
      throw Error("the store cannot be " + what + " while the run '" + at_work.name +
                  "' is being trained by " + at_work.process + "; stop it or wait for its end");
}

void set_run_status(Statements& statements, RunId run, RunStatus status,
                    const std::string& failure) {
  const char* sentence = failure.empty() ? nullptr : failure.c_str();
  Query(statements[set_status_sql], run_status_name(status), sentence, run.value).run();
}

void give_up_run(Statements& statements, RunId run) {
  Query(statements[give_up_sql], run.value).run();
}

}  // namespace treegrpo
