#include "tree/credit_rules.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "tree/known_name.h"
#include "tree/leaf_scores.h"

namespace treegrpo {
namespace {

std::int32_t id(std::size_t node) { return static_cast<std::int32_t>(node); }

std::size_t parent_of(const RuleInput& input, std::size_t node) {
  return static_cast<std::size_t>(input.record.nodes[node].parent);
}

double value_of(const RuleInput& input, std::size_t node) { return input.backed_up.values[node]; }

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
          {{id(node), weight, value_of(input, node)}, {of_a_group, -weight, depth.mean}}};
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
       {of_a_group, -weight, input.prompt_value},
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
