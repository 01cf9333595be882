#include "store/orphan_rows.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <array>

namespace treegrpo {
namespace {

// Rows of a table that should belong to an owner, and the condition under which they do not.
struct Link {
  const char* table;
  const char* owner;
  const char* broken;
};

constexpr const char* no_run = "run NOT IN (SELECT id FROM run)";
constexpr const char* no_tree = "tree NOT IN (SELECT id FROM tree)";

// The links between the tables (schema.cpp), owners first. Those to a prompt and to a node are no
// foreign keys.
constexpr std::array<Link, 20> links = {{
    {"run", "parent run", "parent_run IS NOT NULL AND parent_run NOT IN (SELECT id FROM run)"},
    {"iteration", "run", no_run},
    {"evaluation", "run", no_run},
    {"probe", "run", no_run},
    {"probe_picture", "probe",
     "NOT EXISTS (SELECT 1 FROM probe WHERE probe.run = probe_picture.run"
     " AND probe.iteration = probe_picture.iteration)"},
    {"checkpoint", "run", no_run},
    {"parameter_change", "run", no_run},
    {"command", "run", no_run},
    {"tag", "run", no_run},
    {"note", "run", no_run},
    {"prompt_set", "run", no_run},
    {"figure", "run", no_run},
    {"prompt", "iteration",
     "NOT EXISTS (SELECT 1 FROM iteration WHERE iteration.run = prompt.run"
     " AND iteration.iteration = prompt.iteration)"},
    {"tree", "run", no_run},
    {"tree", "prompt",
     "purpose IN ('train', 'regrow') AND NOT EXISTS (SELECT 1 FROM prompt WHERE prompt.run = "
     "tree.run"
     " AND prompt.iteration = tree.iteration AND prompt.prompt = tree.prompt)"},
    {"node", "tree", no_tree},
    {"score", "tree", no_tree},
    {"image", "tree", no_tree},
    {"score", "node",
     "NOT EXISTS (SELECT 1 FROM node WHERE node.tree = score.tree AND node.node = score.node)"},
    {"image", "node",
     "NOT EXISTS (SELECT 1 FROM node WHERE node.tree = image.tree AND node.node = image.node)"},
}};

std::string with_condition(const std::string& statement, const Link& link) {
  return statement + " WHERE " + link.broken;
}

std::int64_t count_of(SQLite::Database& database, const Link& link) {
  const std::string count = std::string("SELECT count(*) FROM ") + link.table;
  return database.execAndGet(with_condition(count, link)).getInt64();
}

void mend(SQLite::Database& database, const Link& link) {
  const bool is_run = std::string(link.table) == "run";
  database.exec(with_condition(
      is_run ? "UPDATE run SET parent_run = NULL" : std::string("DELETE FROM ") + link.table,
      link));
}

}  // namespace

std::vector<OrphanRows> orphan_rows(SQLite::Database& database) {
  std::vector<OrphanRows> found;
  for (const Link& link : links)
    if (const std::int64_t count = count_of(database, link); count > 0)
      found.push_back({.table = link.table, .owner = link.owner, .count = count});
  return found;
}

std::vector<OrphanRows> remove_orphan_rows(SQLite::Database& database) {
  std::vector<OrphanRows> removed;
  for (const Link& link : links) {
    const std::int64_t count = count_of(database, link);
    if (count == 0) continue;
    mend(database, link);
    removed.push_back({.table = link.table, .owner = link.owner, .count = count});
  }
  return removed;
}

}  // namespace treegrpo
