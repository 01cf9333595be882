// Who is at the runs of a store, as its rows say. Private to this folder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "record/event.h"
#include "store/run_owner.h"
#include "store/run_rows.h"
#include "store/sql.h"

namespace treegrpo {

// Whether the process lives that is named in column `first` and the four after (owner_host,
// owner_pid, owner_boot_id, owner_started, heartbeat); false where they are NULL.
bool owner_lives(const Query& row, int first);

// As stored, except that a run whose process (columns as above) is gone is interrupted, whatever it
// said last.
RunStatus status_now(const std::string& stored, const Query& row, int first);

// The process those columns name; none where they are NULL.
std::optional<RunProcess> process_of(const Query& row, int first);

// A run that is preparing, running or paused, or says so.
struct RunAtWork {
  RunId run;
  std::string name;
  bool alive = false;   // its process lives; otherwise the run is interrupted
  std::string process;  // "process 4711 on myhost"; empty where nobody owns it
};
std::vector<RunAtWork> runs_at_work(Statements& statements);

// Whether a living process is at the run.
bool is_being_trained(Statements& statements, RunId run);

// Throws Error that names the process if a living one is at the run.
void require_idle(Statements& statements, RunId run);

// Likewise if one is at any run: "the store cannot be WHAT while …".
void require_all_idle(Statements& statements, const std::string& what);

// Notes the status, and the sentence of a failure where there is one.
void set_run_status(Statements& statements, RunId run, RunStatus status,
                    const std::string& failure);

// Nobody owns the run any more.
void give_up_run(Statements& statements, RunId run);

}  // namespace treegrpo
