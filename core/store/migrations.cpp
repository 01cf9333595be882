// From an older version of the tables to the current one, step by step (schema.h). A step never
// changes: it says what the next version was on the day it came.
#include <SQLiteCpp/SQLiteCpp.h>

#include <array>
#include <string>

#include "base/error.h"
#include "store/schema.h"

namespace treegrpo {
namespace {

// Version 2 has a trash: a run in it keeps its name, which another run may then take. SQLite cannot
// drop the constraint that names are unique, so the table is made anew.
constexpr const char* trash_for_runs = R"sql(
CREATE TABLE run_with_trash(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  method TEXT NOT NULL,
  config TEXT NOT NULL,
  seed INTEGER NOT NULL,
  status TEXT NOT NULL,
  failure TEXT,
  created TEXT NOT NULL,
  updated TEXT NOT NULL,
  deleted TEXT,
  iterations INTEGER NOT NULL DEFAULT 0,
  iterations_planned INTEGER NOT NULL,
  parent_run INTEGER REFERENCES run(id) ON DELETE SET NULL,
  parent_checkpoint INTEGER,
  image_every INTEGER NOT NULL,
  image_size INTEGER NOT NULL,
  image_budget_mb INTEGER NOT NULL,
  image_bytes INTEGER NOT NULL DEFAULT 0,
  owner_host TEXT,
  owner_pid INTEGER,
  owner_boot_id TEXT,
  owner_started INTEGER,
  heartbeat REAL,
  program_version TEXT NOT NULL,
  program_commit TEXT NOT NULL,
  host TEXT NOT NULL,
  cpu TEXT NOT NULL,
  device TEXT NOT NULL,
  torch TEXT NOT NULL,
  threads INTEGER NOT NULL
) STRICT;
INSERT INTO run_with_trash(id, name, method, config, seed, status, failure, created, updated,
  iterations, iterations_planned, parent_run, parent_checkpoint, image_every, image_size,
  image_budget_mb, image_bytes, owner_host, owner_pid, owner_boot_id, owner_started, heartbeat,
  program_version, program_commit, host, cpu, device, torch, threads)
SELECT id, name, method, config, seed, status, failure, created, updated,
  iterations, iterations_planned, parent_run, parent_checkpoint, image_every, image_size,
  image_budget_mb, image_bytes, owner_host, owner_pid, owner_boot_id, owner_started, heartbeat,
  program_version, program_commit, host, cpu, device, torch, threads
FROM run;
-- A number is never used again, not even that of a run that is gone.
DELETE FROM sqlite_sequence WHERE name = 'run_with_trash';
INSERT INTO sqlite_sequence(name, seq)
SELECT 'run_with_trash', seq FROM sqlite_sequence WHERE name = 'run';
DROP TABLE run;
ALTER TABLE run_with_trash RENAME TO run;
CREATE UNIQUE INDEX run_by_name ON run(name) WHERE deleted IS NULL;
)sql";

// Version 3 knows how waiting threads waited.
constexpr const char* wait_policy_of_runs =
    "ALTER TABLE run ADD COLUMN wait_policy TEXT NOT NULL DEFAULT ''";

// Version 4 knows who changed an option.
constexpr const char* author_of_changes =
    "ALTER TABLE parameter_change ADD COLUMN author TEXT NOT NULL DEFAULT ''";

// Version 5 keeps the prompts that a run took from files.
constexpr const char* prompt_sets_of_runs = R"sql(
CREATE TABLE prompt_set(
  run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  part TEXT NOT NULL CHECK(part IN ('train', 'held_out')),
  source TEXT NOT NULL,
  prompts TEXT NOT NULL,
  PRIMARY KEY(run, part)
) STRICT, WITHOUT ROWID;
)sql";

// Version 6 keeps the probes of a run.
constexpr const char* probes_of_runs = R"sql(
CREATE TABLE probe(
  run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  iteration INTEGER NOT NULL,
  prompts TEXT NOT NULL,
  seconds REAL,
  created TEXT NOT NULL,
  PRIMARY KEY(run, iteration)
) STRICT, WITHOUT ROWID;

CREATE TABLE probe_picture(
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL,
  iteration INTEGER NOT NULL,
  prompt INTEGER NOT NULL,
  seed INTEGER NOT NULL,
  rewards TEXT NOT NULL,
  kl REAL,
  codec TEXT CHECK(codec IN ('png', 'webp')),
  byte_count INTEGER NOT NULL,
  bytes BLOB,
  FOREIGN KEY(run, iteration) REFERENCES probe(run, iteration) ON DELETE CASCADE
) STRICT;
CREATE UNIQUE INDEX probe_picture_by_seed ON probe_picture(run, iteration, prompt, seed);
)sql";

// Version 7 keeps the recipes of figures.
constexpr const char* figures_of_runs = R"sql(
CREATE TABLE figure(
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  recipe TEXT NOT NULL,
  created TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX figure_by_name ON figure(run, name);
)sql";

constexpr std::array<Migration, 6> steps_there_are = {{{.from = 1, .sql = trash_for_runs},
                                                       {.from = 2, .sql = wait_policy_of_runs},
                                                       {.from = 3, .sql = author_of_changes},
                                                       {.from = 4, .sql = prompt_sets_of_runs},
                                                       {.from = 5, .sql = probes_of_runs},
                                                       {.from = 6, .sql = figures_of_runs}}};

}  // namespace

std::span<const Migration> migrations() { return steps_there_are; }

void migrate(SQLite::Database& database, int from, int to, std::span<const Migration> steps) {
  int version = from;
  for (const Migration& step : steps) {
    if (step.from != version || version == to) continue;
    database.exec(step.sql);
    ++version;
  }
  if (version != to)
    throw Error("a store of version " + std::to_string(from) + " cannot be brought to version " +
                std::to_string(to) + "; open it with the program that wrote it");
  database.exec("PRAGMA user_version = " + std::to_string(to));
}

}  // namespace treegrpo
