#include "store/schema.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <string>

namespace treegrpo {
namespace {

constexpr const char* run_tables = R"sql(
CREATE TABLE run(
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
  threads INTEGER NOT NULL,
  wait_policy TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX run_by_name ON run(name) WHERE deleted IS NULL;

CREATE TABLE iteration(
  run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  iteration INTEGER NOT NULL,
  reward REAL,
  reward_by_name TEXT NOT NULL,
  loss REAL,
  ratio_mean REAL,
  ratio_std REAL,
  ratio_max REAL,
  clip_fraction REAL,
  kl REAL,
  grad_norm REAL,
  learning_rate REAL,
  nfe INTEGER NOT NULL,
  trained_passes INTEGER NOT NULL,
  forward_passes INTEGER NOT NULL,
  leaves INTEGER NOT NULL,
  window_start INTEGER NOT NULL,
  advantage_std_by_depth TEXT NOT NULL,
  diversity REAL,
  skipped_groups INTEGER NOT NULL,
  softmax_ess REAL,
  seconds_sample REAL,
  seconds_decode REAL,
  seconds_reward REAL,
  seconds_train REAL,
  seconds_store REAL,
  seconds_total REAL,
  peak_bytes INTEGER NOT NULL,
  created TEXT NOT NULL,
  PRIMARY KEY(run, iteration)
) STRICT, WITHOUT ROWID;

CREATE TABLE evaluation(
  run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  iteration INTEGER NOT NULL,
  reward REAL,
  reward_error REAL,
  reward_by_name TEXT NOT NULL,
  metrics TEXT NOT NULL,
  metric_errors TEXT NOT NULL,
  by_task TEXT NOT NULL,
  diversity REAL,
  seconds REAL,
  created TEXT NOT NULL,
  PRIMARY KEY(run, iteration)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE checkpoint(
  run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  iterations INTEGER NOT NULL,
  path TEXT NOT NULL,
  score REAL,
  created TEXT NOT NULL,
  PRIMARY KEY(run, iterations)
) STRICT, WITHOUT ROWID;

CREATE TABLE parameter_change(
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  iteration INTEGER NOT NULL,
  key TEXT NOT NULL,
  old_value TEXT NOT NULL,
  new_value TEXT NOT NULL,
  created TEXT NOT NULL,
  author TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX parameter_change_by_run ON parameter_change(run, iteration);

CREATE TABLE command(
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  command TEXT NOT NULL,
  argument TEXT,
  created TEXT NOT NULL,
  taken TEXT
) STRICT;
CREATE INDEX command_by_run ON command(run, id);

CREATE TABLE tag(
  run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  tag TEXT NOT NULL,
  PRIMARY KEY(run, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE prompt_set(
  run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  part TEXT NOT NULL CHECK(part IN ('train', 'held_out')),
  source TEXT NOT NULL,
  prompts TEXT NOT NULL,
  PRIMARY KEY(run, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE note(
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  iteration INTEGER,
  prompt INTEGER,
  node INTEGER,
  text TEXT NOT NULL,
  created TEXT NOT NULL
) STRICT;
CREATE INDEX note_by_run ON note(run);

CREATE TABLE figure(
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  recipe TEXT NOT NULL,
  created TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX figure_by_name ON figure(run, name);
)sql";

constexpr const char* tree_tables = R"sql(
CREATE TABLE prompt(
  run INTEGER NOT NULL,
  iteration INTEGER NOT NULL,
  prompt INTEGER NOT NULL,
  text TEXT NOT NULL,
  task TEXT,
  rewards TEXT NOT NULL,
  leaves INTEGER NOT NULL,
  reward_mean REAL,
  reward_std REAL,
  reward_min REAL,
  reward_max REAL,
  PRIMARY KEY(run, iteration, prompt),
  FOREIGN KEY(run, iteration) REFERENCES iteration(run, iteration) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE tree(
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  iteration INTEGER NOT NULL,
  prompt INTEGER NOT NULL,
  tree INTEGER NOT NULL,
  purpose TEXT NOT NULL CHECK(purpose IN ('train', 'probe', 'regrow', 'sample')),
  from_node INTEGER,
  schedule TEXT NOT NULL,
  sigmas TEXT NOT NULL
) STRICT;
CREATE INDEX tree_by_prompt ON tree(run, iteration, prompt, tree);

CREATE TABLE node(
  tree INTEGER NOT NULL REFERENCES tree(id) ON DELETE CASCADE,
  node INTEGER NOT NULL,
  parent INTEGER,
  child INTEGER NOT NULL,
  step INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK(kind IN ('root', 'sde', 'ode')),
  log_prob REAL,
  value REAL,
  advantage REAL,
  ratio REAL,
  kl REAL,
  PRIMARY KEY(tree, node)
) STRICT, WITHOUT ROWID;

CREATE TABLE score(
  tree INTEGER NOT NULL REFERENCES tree(id) ON DELETE CASCADE,
  node INTEGER NOT NULL,
  position INTEGER NOT NULL,
  reward TEXT NOT NULL,
  value REAL,
  PRIMARY KEY(tree, node, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE image(
  id INTEGER PRIMARY KEY,
  tree INTEGER NOT NULL REFERENCES tree(id) ON DELETE CASCADE,
  node INTEGER NOT NULL,
  leaf INTEGER NOT NULL,
  codec TEXT NOT NULL CHECK(codec IN ('png', 'webp')),
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  byte_count INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX image_by_node ON image(tree, node);
)sql";

}  // namespace

void create_schema(SQLite::Database& database) {
  database.exec(run_tables);
  database.exec(tree_tables);
  database.exec("PRAGMA application_id = " + std::to_string(store_application_id));
  database.exec("PRAGMA user_version = " + std::to_string(schema_version));
}

}  // namespace treegrpo
