#include "store/tree_rows.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "record/utf8.h"
#include "store/json_columns.h"
#include "store/tree_problem.h"

namespace treegrpo {
namespace {

constexpr const char* insert_prompt_sql = R"sql(
INSERT INTO prompt(run, iteration, prompt, text, rewards, leaves, reward_mean, reward_std,
  reward_min, reward_max)
VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql";

constexpr const char* insert_tree_sql = R"sql(
INSERT INTO tree(run, iteration, prompt, tree, purpose, schedule, sigmas)
VALUES(?, ?, ?, ?, 'train', ?, ?))sql";

constexpr const char* insert_root_sql = R"sql(
INSERT INTO node(tree, node, child, step, kind, log_prob, value, advantage, ratio, kl)
VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql";

constexpr const char* insert_node_sql = R"sql(
INSERT INTO node(tree, node, child, step, kind, log_prob, value, advantage, ratio, kl, parent)
VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql";

constexpr const char* insert_score_sql =
    "INSERT INTO score(tree, node, position, reward, value) VALUES(?, ?, ?, ?, ?)";

constexpr const char* delete_trees_sql =
    "DELETE FROM tree WHERE run = ? AND iteration = ? AND purpose IN ('train', 'regrow')";
constexpr const char* delete_iteration_sql =
    "DELETE FROM iteration WHERE run = ? AND iteration = ?";

constexpr const char* select_prompt_sql =
    "SELECT text, rewards FROM prompt WHERE run = ? AND iteration = ? AND prompt = ?";

constexpr const char* select_schedule_sql = R"sql(
SELECT schedule, sigmas FROM tree
WHERE run = ? AND iteration = ? AND prompt = ? AND purpose = 'train' ORDER BY tree LIMIT 1)sql";

constexpr const char* select_nodes_sql = R"sql(
SELECT node.parent, tree.tree, node.child, node.step, node.kind, node.log_prob, node.value,
  node.advantage, node.ratio, node.kl, node.node
FROM tree JOIN node ON node.tree = tree.id
WHERE tree.run = ? AND tree.iteration = ? AND tree.prompt = ? AND tree.purpose = 'train'
ORDER BY node.node)sql";

constexpr const char* select_scores_sql = R"sql(
SELECT score.position, score.value
FROM tree JOIN score ON score.tree = tree.id
WHERE tree.run = ? AND tree.iteration = ? AND tree.prompt = ? AND tree.purpose = 'train'
ORDER BY score.position, score.node)sql";

constexpr const char* select_prompts_sql = R"sql(
SELECT prompt, text, leaves, reward_mean, reward_std, reward_min, reward_max
FROM prompt WHERE run = ? AND iteration = ? ORDER BY prompt)sql";

constexpr std::array<std::pair<NodeKind, const char*>, 3> kind_names = {
    {{NodeKind::root, "root"}, {NodeKind::sde, "sde"}, {NodeKind::ode, "ode"}}};

const char* name_of(NodeKind kind) {
  for (const auto& [value, name] : kind_names)
    if (value == kind) return name;
  return "";
}

NodeKind kind_of(const std::string& name) {
  for (const auto& [value, known] : kind_names)
    if (name == known) return value;
  throw damaged_store("a node is of kind " + in_quotes(shortened(name, 40)));
}

// Spread of the leaves' total rewards. Empty of values where nothing was scored.
PromptSummary spread(const TreeRecord& record, std::size_t leaf_count) {
  PromptSummary summary;
  summary.prompt = record.prompt;
  summary.text = record.text;
  summary.leaves = static_cast<std::int32_t>(leaf_count);
  if (record.rewards.empty() || leaf_count == 0) return summary;
  std::vector<double> totals;
  for (std::size_t leaf = 0; leaf < leaf_count; ++leaf)
    totals.push_back(total_reward(record, leaf));
  const auto count = static_cast<double>(leaf_count);
  double sum = 0;
  for (const double total : totals) sum += total;
  summary.reward_mean = sum / count;
  double squares = 0;
  for (const double total : totals) squares += std::pow(total - summary.reward_mean, 2);
  summary.reward_std = std::sqrt(squares / count);
  const auto [least, most] = std::minmax_element(totals.begin(), totals.end());
  summary.reward_min = *least;
  summary.reward_max = *most;
  return summary;
}

void insert_prompt(Statements& statements, RunId run, const TreeRecord& record,
                   std::size_t leaf_count) {
  std::vector<NamedValue> rewards;
  for (std::size_t column = 0; column < record.reward_names.size(); ++column)
    rewards.push_back({record.reward_names[column], record.reward_weights[column]});
  const PromptSummary summary = spread(record, leaf_count);
  Query(statements[insert_prompt_sql], run.value, record.iteration, record.prompt.value,
        record.text, named_values_to_json(rewards), summary.leaves, summary.reward_mean,
        summary.reward_std, summary.reward_min, summary.reward_max)
      .run();
}

void insert_node(Statements& statements, std::int64_t tree, std::int32_t id, const TreeNode& node) {
  const char* kind = name_of(node.kind);
  if (node.parent < 0)
    Query(statements[insert_root_sql], tree, id, node.child, node.step, kind, node.log_prob,
          node.value, node.advantage, node.ratio, node.kl)
        .run();
  else
    Query(statements[insert_node_sql], tree, id, node.child, node.step, kind, node.log_prob,
          node.value, node.advantage, node.ratio, node.kl, node.parent)
        .run();
}

void insert_scores(Statements& statements, const std::vector<std::int64_t>& trees,
                   const TreeRecord& record, const std::vector<std::int32_t>& leaf_nodes) {
  for (std::size_t column = 0; column < record.rewards.size(); ++column)
    for (std::size_t leaf = 0; leaf < leaf_nodes.size(); ++leaf) {
      const auto node = static_cast<std::size_t>(leaf_nodes[leaf]);
      Query(statements[insert_score_sql], trees[static_cast<std::size_t>(record.nodes[node].tree)],
            leaf_nodes[leaf], static_cast<std::int32_t>(column), record.reward_names[column],
            record.rewards[column][leaf])
          .run();
    }
}

TreeNode node_from_row(const Query& row) {
  return {.parent = row.is_null(0) ? -1 : row.integer32(0),
          .tree = row.integer32(1),
          .child = row.integer32(2),
          .step = row.integer32(3),
          .kind = kind_of(row.text(4)),
          .log_prob = row.real(5),
          .value = row.real(6),
          .advantage = row.real(7),
          .ratio = row.real(8),
          .kl = row.real(9),
          .image = {}};
}

}  // namespace

void read_nodes(Query& rows, TreeRecord& record) {
  while (rows.next()) {
    if (rows.integer(10) != static_cast<std::int64_t>(record.nodes.size()))
      throw damaged_store("node " + std::to_string(record.nodes.size()) + " of " +
                          place_of(record) + " is missing or there twice");
    record.nodes.push_back(node_from_row(rows));
  }
}

void read_scores(Query& rows, TreeRecord& record) {
  while (rows.next()) {
    record.rewards.resize(record.reward_names.size());
    const std::int64_t column = rows.integer(0);
    if (column < 0 || column >= static_cast<std::int64_t>(record.rewards.size()))
      throw damaged_store(place_of(record) + " has a score of reward " + std::to_string(column) +
                          " and " + std::to_string(record.rewards.size()) + " rewards");
    record.rewards[static_cast<std::size_t>(column)].push_back(rows.real(1));
  }
}

bool read_prompt(Statements& statements, RunId run, TreeRecord& record) {
  Query row(statements[select_prompt_sql], run.value, record.iteration, record.prompt.value);
  if (!row.next()) return false;
  record.text = row.text(0);
  for (const NamedValue& reward : named_values_from_json(row.text(1))) {
    record.reward_names.push_back(reward.name);
    record.reward_weights.push_back(reward.value);
  }
  return true;
}

void read_growth(const std::string& schedule, const std::string& sigmas, TreeRecord& record) {
  Growth growth = growth_from_json(schedule);
  record.schedule = std::move(growth.schedule);
  record.latent_dimensions = growth.latent_dimensions;
  record.sigmas = numbers_from_json(sigmas);
}

void insert_grown(Statements& statements, const std::vector<std::int64_t>& trees,
                  const TreeRecord& record) {
  for (std::size_t id = 0; id < record.nodes.size(); ++id)
    insert_node(statements, trees[static_cast<std::size_t>(record.nodes[id].tree)],
                static_cast<std::int32_t>(id), record.nodes[id]);
  insert_scores(statements, trees, record, leaves(record));
}

std::vector<std::int64_t> insert_tree(Statements& statements, RunId run, const TreeRecord& record) {
  insert_prompt(statements, run, record, leaves(record).size());

  std::int32_t tree_count = std::max(1, record.schedule.roots);
  for (const TreeNode& node : record.nodes) tree_count = std::max(tree_count, node.tree + 1);
  const std::string growth = growth_to_json({record.schedule, record.latent_dimensions});
  const std::string sigmas = numbers_to_json(record.sigmas);
  std::vector<std::int64_t> trees;
  for (std::int32_t tree = 0; tree < tree_count; ++tree) {
    Query(statements[insert_tree_sql], run.value, record.iteration, record.prompt.value, tree,
          growth, sigmas)
        .run();
    trees.push_back(statements.database().getLastInsertRowid());
  }

  insert_grown(statements, trees, record);
  return trees;
}

void delete_trees(Statements& statements, RunId run, std::int32_t iteration) {
  Query(statements[delete_trees_sql], run.value, iteration).run();
  Query(statements[delete_iteration_sql], run.value, iteration).run();  // and its prompts
}

std::optional<TreeRecord> select_tree(Statements& statements, RunId run, std::int32_t iteration,
                                      PromptId prompt) {
  TreeRecord record;
  record.iteration = iteration;
  record.prompt = prompt;
  if (!read_prompt(statements, run, record)) return std::nullopt;
  {
    Query row(statements[select_schedule_sql], run.value, iteration, prompt.value);
    if (row.next()) read_growth(row.text(0), row.text(1), record);
  }
  {
    Query rows(statements[select_nodes_sql], run.value, iteration, prompt.value);
    read_nodes(rows, record);
  }
  {
    Query rows(statements[select_scores_sql], run.value, iteration, prompt.value);
    read_scores(rows, record);
  }
  if (const auto problem = tree_problem(record)) throw damaged_store(*problem);
  return record;
}

std::vector<PromptSummary> select_prompts(Statements& statements, RunId run,
                                          std::int32_t iteration) {
  std::vector<PromptSummary> prompts;
  Query rows(statements[select_prompts_sql], run.value, iteration);
  while (rows.next())
    prompts.push_back({.prompt = {rows.integer32(0)},
                       .text = rows.text(1),
                       .leaves = rows.integer32(2),
                       .reward_mean = rows.real(3),
                       .reward_std = rows.real(4),
                       .reward_min = rows.real(5),
                       .reward_max = rows.real(6)});
  return prompts;
}

}  // namespace treegrpo
