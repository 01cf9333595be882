// A store as version 1 of the program made it: its tables as they were, never to be changed.
#pragma once

namespace treegrpo::test {

inline constexpr const char* version_1_run_tables = R"sql(
CREATE TABLE run(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  method TEXT NOT NULL,
  config TEXT NOT NULL,
  seed INTEGER NOT NULL,
  status TEXT NOT NULL,
  failure TEXT,
  created TEXT NOT NULL,
  updated TEXT NOT NULL,
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
  created TEXT NOT NULL
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
)sql";

inline constexpr const char* version_1_tree_tables = R"sql(
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

inline constexpr const char* version_1_pragmas = R"sql(
PRAGMA application_id = 0x74675753;
PRAGMA user_version = 1;
)sql";

// Two runs, the second the child of the first; the third was removed. An iteration of one prompt
// with a root and two leaves, and what else refers to a run.
inline constexpr const char* version_1_rows = R"sql(
INSERT INTO run(id, name, method, config, seed, status, created, updated, iterations,
  iterations_planned, parent_run, parent_checkpoint, image_every, image_size, image_budget_mb,
  image_bytes, program_version, program_commit, host, cpu, device, torch, threads)
VALUES
  (1, 'first', 'treegrpo', '[run]', -16, 'finished', '2026-03-01T12:00:00Z', '2026-03-01T13:00:00Z',
   1, 1, NULL, NULL, 10, 64, 500, 3, '0.1.0', 'abc', 'host', 'cpu', 'cpu', '2.15', 2),
  (2, 'second', 'treegrpo', '[run]', 2, 'stopped', '2026-03-02T12:00:00Z', '2026-03-02T13:00:00Z',
   0, 9, 1, 1, 10, 64, 500, 0, '0.1.0', 'abc', 'host', 'cpu', 'cpu', '2.15', 2),
  (3, 'third', 'treegrpo', '[run]', 3, 'stopped', '2026-03-03T12:00:00Z', '2026-03-03T13:00:00Z',
   0, 9, NULL, NULL, 10, 64, 500, 0, '0.1.0', 'abc', 'host', 'cpu', 'cpu', '2.15', 2);
DELETE FROM run WHERE id = 3;
INSERT INTO iteration(run, iteration, reward, reward_by_name, nfe, trained_passes, forward_passes,
  leaves, window_start, advantage_std_by_depth, skipped_groups, peak_bytes, created)
VALUES (1, 0, 0.25, '[["scene",0.25]]', 3, 1, 4, 2, 0, '[1.0]', 0, 1000, '2026-03-01T12:30:00Z');
INSERT INTO prompt(run, iteration, prompt, text, rewards, leaves, reward_mean, reward_std,
  reward_min, reward_max)
VALUES (1, 0, 0, 'a red circle', '[["scene",1.0]]', 2, 0.25, 0.25, 0.0, 0.5);
INSERT INTO tree(id, run, iteration, prompt, tree, purpose, schedule, sigmas)
VALUES (1, 1, 0, 0, 0, 'train',
  '{"roots":1,"shared_root_noise":false,"window_start":0,"steps":[{"branch":2,"noise_level":0.7,"train":true}]}',
  '[1.0,0.0]');
INSERT INTO node(tree, node, parent, child, step, kind, log_prob, value, advantage)
VALUES (1, 0, NULL, 0, 0, 'root', NULL, 0.0, NULL), (1, 1, 0, 0, 1, 'sde', -1.5, -1.0, -1.0),
  (1, 2, 0, 1, 1, 'sde', -1.25, 1.0, 1.0);
INSERT INTO score(tree, node, position, reward, value)
VALUES (1, 1, 0, 'scene', 0.0), (1, 2, 0, 'scene', 0.5);
INSERT INTO checkpoint(run, iterations, path, created)
VALUES (1, 1, '1/checkpoint-000001', '2026-03-01T13:00:00Z');
INSERT INTO tag(run, tag) VALUES (1, 'kept');
INSERT INTO note(run, iteration, text, created) VALUES (1, 0, 'look here', '2026-03-01T14:00:00Z');
)sql";

}  // namespace treegrpo::test
