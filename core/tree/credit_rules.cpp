#include "tree/credit_rules.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "tree/known_name.h"

namespace treegrpo {
namespace {

constexpr std::int32_t no_node = -1;  // of a term whose value belongs to a group, not to a node

using Records = std::span<const TreeRecord>;

std::int32_t id(std::size_t node) { return static_cast<std::int32_t>(node); }

std::size_t parent_of(const RuleInput& input, std::size_t node) {
  return static_cast<std::size_t>(input.record.nodes[node].parent);
}

double value_of(const RuleInput& input, std::size_t node) { return input.backed_up.values[node]; }

// ---- Scores of leaves ---------------------------------------------------------------------------

// R - mean of the prompt, undivided.
std::vector<LeafCredit> centred_leaves(Records records, const CreditOptions& options) {
  CreditOptions undivided = options;
  undivided.deviation = Deviation::none;
  return leaf_advantages(records, undivided);
}

// The leaves under each node, by their places among the leaves.
using Places = std::vector<std::size_t>;
std::vector<Places> leaves_under(const TreeRecord& record) {
  std::vector<Places> under(record.nodes.size());
  const std::vector<std::int32_t> at_end = leaves(record);
  for (std::size_t place = 0; place < at_end.size(); ++place)
    for (std::int32_t node = at_end[place]; node >= 0;
         node = record.nodes[static_cast<std::size_t>(node)].parent)
      under[static_cast<std::size_t>(node)].push_back(place);
  return under;
}

std::vector<double> picked(std::span<const double> values, const Places& places) {
  std::vector<double> some;
  for (const std::size_t place : places) some.push_back(values[place]);
  return some;
}

double mean_of(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

// A_i = mean over the groups that hold leaf i of (R_i - mean of the group). The groups: the prompt,
// and the leaves under each ancestor that branches, each set of leaves once.
std::vector<double> group_averaged(const TreeRecord& record, std::span<const double> scores) {
  const std::vector<Places> under = leaves_under(record);
  const auto below = children(record);
  const double prompt_mean = mean_of(scores);
  std::vector<double> sums;
  for (const double score : scores) sums.push_back(score - prompt_mean);
  std::vector<double> groups(scores.size(), 1);
  for (std::size_t node = 0; node < record.nodes.size(); ++node) {
    if (below[node].size() < 2 || under[node].size() == scores.size()) continue;
    const double group_mean = mean_of(picked(scores, under[node]));
    for (const std::size_t leaf : under[node]) {
      sums[leaf] += scores[leaf] - group_mean;
      groups[leaf] += 1;
    }
  }
  for (std::size_t leaf = 0; leaf < sums.size(); ++leaf) sums[leaf] /= groups[leaf];
  return sums;
}

// Mean 0 and deviation 1 over all leaves of the iteration that count.
void whiten(std::vector<LeafCredit>& credits, double std_min) {
  std::vector<double> all;
  for (const LeafCredit& credit : credits)
    if (!credit.skipped) all.insert(all.end(), credit.scores.begin(), credit.scores.end());
  const Moments batch = moments(all);
  for (LeafCredit& credit : credits)
    if (!credit.skipped)
      for (double& score : credit.scores)
        score = (score - batch.mean) / std::max(batch.deviation, std_min);
}

std::vector<LeafCredit> treepo_leaves(Records records, const CreditOptions& options) {
  std::vector<LeafCredit> credits = centred_leaves(records, options);
  for (std::size_t at = 0; at < credits.size(); ++at)
    if (!credits[at].skipped) credits[at].scores = group_averaged(records[at], credits[at].scores);
  whiten(credits, options.std_min);
  return credits;
}

// z-score of one reward column among the leaves of the same tree, times the column's weight. A tree
// of one leaf has nobody to compare it with and adds 0.
void add_tree_score(const TreeRecord& record, std::size_t column, const CreditOptions& options,
                    LeafCredit& credit) {
  const NormalisationTrace& of_prompt = credit.normalisation[column];
  if (of_prompt.skipped) return;
  const std::vector<Places> under = leaves_under(record);
  for (std::size_t node = 0; node < record.nodes.size(); ++node) {
    if (record.nodes[node].parent >= 0) continue;
    const Moments of_tree = moments(picked(record.rewards[column], under[node]));
    if (of_tree.constant) continue;
    const double by = options.deviation == Deviation::group
                          ? std::max(of_tree.deviation, options.std_min)
                          : of_prompt.divisor;
    for (const std::size_t leaf : under[node])
      credit.scores[leaf] += of_prompt.weight * (record.rewards[column][leaf] - of_tree.mean) / by;
  }
}

std::vector<LeafCredit> tree_and_prompt_leaves(Records records, const CreditOptions& options) {
  std::vector<LeafCredit> credits = leaf_advantages(records, options);
  for (std::size_t at = 0; at < credits.size(); ++at)
    for (std::size_t column = 0; column < records[at].rewards.size(); ++column)
      add_tree_score(records[at], column, options, credits[at]);
  return credits;
}

// ---- Advantages of edges ------------------------------------------------------------------------

// A(p -> n) = V(n), spelled out as the backup that made it.
EdgeCredit own_value(const RuleInput& input, std::size_t node) {
  const std::vector<std::int32_t>& below = input.backed_up.children[node];
  if (below.empty()) return {"score of the leaf", {{id(node), 1, value_of(input, node)}}};
  EdgeCredit credit;
  credit.formula =
      below.size() == 1 ? "value of the only child"
      : input.options.backup == Backup::mean
          ? "mean of the children's values"
          : "mean of the children's values, weighted by the softmax of their log-probs";
  for (const std::int32_t child : below) {
    const auto at = static_cast<std::size_t>(child);
    credit.terms.push_back({child, input.backed_up.weights[at], value_of(input, at)});
  }
  return credit;
}

// A(p -> n) = (V(n) - mean_d) / std_d over all nodes n' of the same depth d.
EdgeCredit depth_score(const RuleInput& input, std::size_t node) {
  const Moments& depth = input.by_step[static_cast<std::size_t>(input.record.nodes[node].step)];
  if (depth.constant) return {"0, since all values of this step are equal", {}};
  const double weight = 1 / std::max(depth.deviation, input.options.std_min);
  return {"its value minus the mean of its step, over the deviation of its step",
          {{id(node), weight, value_of(input, node)}, {no_node, -weight, depth.mean}}};
}

// A(p -> n) = V(n) - V(p).
EdgeCredit over_parent(const RuleInput& input, std::size_t node) {
  const std::size_t parent = parent_of(input, node);
  return {"its value minus its parent's",
          {{id(node), 1, value_of(input, node)}, {id(parent), -1, value_of(input, parent)}}};
}

// A(p -> n) = [(V(n) - V(root)) + (V(n) - V(p))] / sqrt(L(n)).
EdgeCredit global_and_local(const RuleInput& input, std::size_t node) {
  const std::size_t parent = parent_of(input, node);
  const double weight = 1 / std::sqrt(static_cast<double>(input.backed_up.leaf_count[node]));
  return {
      "its value minus the prompt's, plus its value minus its parent's, over the square root "
      "of its number of leaves",
      {{id(node), 2 * weight, value_of(input, node)},
       {no_node, -weight, input.prompt_value},
       {id(parent), -weight, value_of(input, parent)}}};
}

// A(p -> n) = z(n) + (V(n) - V(p)) / s: both in units of the deviation, so both are values.
EdgeCredit score_and_difference(const RuleInput& input, std::size_t node) {
  const std::size_t parent = parent_of(input, node);
  return {"its value, plus its value minus its parent's",
          {{id(node), 2, value_of(input, node)}, {id(parent), -1, value_of(input, parent)}}};
}

constexpr std::array<CreditRule, 8> table = {{
    {.name = "treegrpo",
     .sentence = "An edge gets its child's value: the z-scores of the leaves below, backed up.",
     .source = "TreeGRPO eq. 9-11, Alg. 1 l. 12-18 (arXiv 2512.08153)",
     .reduces_to_grpo = true,
     .leaves = leaf_advantages,
     .edge = own_value},
    {.name = "branchgrpo",
     .sentence = "An edge gets its child's value, z-scored among all nodes of the same step.",
     .source = "BranchGRPO, depth-wise advantage (arXiv 2509.06040)",
     .reduces_to_grpo = true,
     .leaves = leaf_advantages,
     .edge = depth_score},
    {.name = "treerpo",
     .sentence = "An edge gets what its child is better than its parent, over the prompt's "
                 "deviation.",
     .source = "TreeRPO (arXiv 2506.05183); the deviation is our reading for unbounded rewards",
     .reduces_to_grpo = false,
     .leaves = leaf_advantages,
     .edge = over_parent},
    {.name = "dtreerpo",
     .sentence = "An edge gets what its child is better than its parent, in units of the reward.",
     .source = "d-TreeRPO (arXiv 2512.09675); its code compares with the other siblings, which is "
               "k/(k-1) times as much",
     .reduces_to_grpo = false,
     .leaves = centred_leaves,
     .edge = over_parent},
    {.name = "treepo",
     .sentence = "A leaf is compared with each group it is in, from the prompt down to its "
                 "siblings; the mean is whitened over the iteration and backed up.",
     .source = "TreePO (arXiv 2508.17445), plain average over depths",
     .reduces_to_grpo = true,
     .leaves = treepo_leaves,
     .edge = own_value},
    {.name = "treegrpo_agent",
     .sentence = "A leaf gets its z-score within its tree plus that within the prompt; both are "
                 "backed up.",
     .source = "Tree-GRPO for agents (arXiv 2509.21240), with population deviations and nothing "
               "from a tree of one leaf",
     .reduces_to_grpo = true,
     .leaves = tree_and_prompt_leaves,
     .edge = own_value},
    {.name = "treerl",
     .sentence = "An edge gets what its child is better than the prompt plus than its parent, over "
                 "the square root of its number of leaves.",
     .source = "TreeRL's form, which TreePS-RAG's family shares (arXiv 2601.06922); inferred",
     .reduces_to_grpo = true,
     .leaves = leaf_advantages,
     .edge = global_and_local},
    {.name = "tempo",
     .sentence = "An edge gets its child's z-score plus what its child is better than its parent, "
                 "both over the prompt's deviation.",
     .source = "TEMPO, as its review states it",
     .reduces_to_grpo = true,
     .leaves = leaf_advantages,
     .edge = score_and_difference},
}};

}  // namespace

std::span<const CreditRule> credit_rules() { return table; }

const CreditRule& credit_rule_named(std::string_view name) {
  return row_named<CreditRule>(credit_rules(), name, "credit.rule");
}

}  // namespace treegrpo
