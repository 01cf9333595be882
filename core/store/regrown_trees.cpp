#include "store/regrown_trees.h"

#include <string>
#include <utility>

#include "store/image_rows.h"
#include "store/json_columns.h"
#include "store/sql.h"
#include "store/tree_problem.h"
#include "store/tree_rows.h"

namespace treegrpo {
namespace {

constexpr const char* select_policy_sql = "SELECT image_size FROM run WHERE id = ?";

constexpr const char* insert_regrown_sql = R"sql(
INSERT INTO tree(run, iteration, prompt, tree, purpose, from_node, schedule, sigmas)
VALUES(?, ?, ?, ?, 'regrow', ?, ?, ?))sql";

constexpr const char* select_regrown_sql = R"sql(
SELECT id, tree, from_node, schedule, sigmas FROM tree
WHERE run = ? AND iteration = ? AND prompt = ? AND purpose = 'regrow' ORDER BY id)sql";

constexpr const char* select_nodes_sql = R"sql(
SELECT parent, 0, child, step, kind, log_prob, value, advantage, ratio, kl, node
FROM node WHERE tree = ? ORDER BY node)sql";

constexpr const char* select_scores_sql =
    "SELECT position, value FROM score WHERE tree = ? ORDER BY position, node";

constexpr const char* select_images_sql = "SELECT node, bytes FROM image WHERE tree = ?";

// Size of its pictures alone: the run's budget and the iterations that keep them are training's.
ImageSection image_policy(Statements& statements, RunId run) {
  ImageSection policy;
  Query row(statements[select_policy_sql], run.value);
  if (row.next()) policy.size = row.integer32(0);
  return policy;
}

TreeRecord place(std::int32_t iteration, PromptId prompt) {
  TreeRecord record;
  record.iteration = iteration;
  record.prompt = prompt;
  return record;
}

void read_parts(Statements& statements, std::int64_t id, TreeRecord& record) {
  {
    Query rows(statements[select_nodes_sql], id);
    read_nodes(rows, record);
  }
  {
    Query rows(statements[select_scores_sql], id);
    read_scores(rows, record);
  }
  if (const auto problem = tree_problem(record)) throw damaged_store(*problem);
  Query rows(statements[select_images_sql], id);
  read_images(rows, record);
}

}  // namespace

std::int64_t add_regrown(StoreConnection& store, RunId run, const Regrown& regrown) {
  const TreeRecord& record = regrown.tree;
  if (const auto problem = tree_problem(record)) throw Error(*problem + " and is not stored");
  Statements statements(store.database());
  return in_transaction(store, [&] {
    TreeRecord prompt = place(record.iteration, record.prompt);
    if (!read_prompt(statements, run, prompt))
      throw Error("run " + std::to_string(run.value) + " no longer has " + place_of(record) +
                  ", so what was grown again from it is not stored");
    Query(statements[insert_regrown_sql], run.value, record.iteration, record.prompt.value,
          regrown.from_tree, regrown.from.value, regrown_to_json(regrown),
          numbers_to_json(record.sigmas))
        .run();
    const std::int64_t id = store.database().getLastInsertRowid();
    insert_grown(statements, {id}, record);
    for (const NodeImage& image : node_images(record, image_policy(statements, run)))
      insert_image(statements, id, image);
    return id;
  });
}

std::vector<StoredRegrown> select_regrown(Statements& statements, RunId run, std::int32_t iteration,
                                          PromptId prompt) {
  TreeRecord common = place(iteration, prompt);
  read_prompt(statements, run, common);
  std::vector<StoredRegrown> list;
  {
    Query rows(statements[select_regrown_sql], run.value, iteration, prompt.value);
    while (rows.next()) {
      StoredRegrown& stored = list.emplace_back();
      stored.id = rows.integer(0);
      stored.regrown.tree = common;
      stored.regrown.from_tree = rows.integer32(1);
      stored.regrown.from = {rows.integer32(2)};
      regrown_from_json(rows.text(3), stored.regrown);
      read_growth(rows.text(3), rows.text(4), stored.regrown.tree);
    }
  }
  for (StoredRegrown& stored : list) read_parts(statements, stored.id, stored.regrown.tree);
  return list;
}

}  // namespace treegrpo
