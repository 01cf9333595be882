// What the credit rules back up in place of the plain leaf advantage: the first half of a row of
// credit_rules.cpp. Each spells its scores out in the leaf's trace.
#pragma once

#include <span>
#include <vector>

#include "tree/leaf_advantage.h"

namespace treegrpo {

// Rewards minus the prompt's mean, undivided: d-TreeRPO.
std::vector<LeafCredit> centred_leaves(std::span<const TreeRecord> records,
                                       const CreditOptions& options);

// A_i = mean over the groups that hold leaf i of (R_i - mean of the group), whitened over the
// leaves of the iteration outside skipped groups. The groups: the prompt, and the leaves under each
// ancestor that branches: TreePO.
std::vector<LeafCredit> treepo_leaves(std::span<const TreeRecord> records,
                                      const CreditOptions& options);

// z-score within the prompt plus z-score within the leaf's tree: Tree-GRPO for agents. A tree of
// one leaf has nobody to compare it with and adds 0.
std::vector<LeafCredit> tree_and_prompt_leaves(std::span<const TreeRecord> records,
                                               const CreditOptions& options);

}  // namespace treegrpo
