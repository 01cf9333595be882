// The numbers of one node as lines of a table: what each is called, what it means, what it is.
// Plain values; every node has the same lines, so that two nodes can stand side by side.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "canvas/tree_figures.h"
#include "record/tree_record.h"

namespace treegrpo {

struct NodeNumber {
  std::string label;
  std::string tooltip;  // definition, unit, equation
  std::string text;
  double advantage = no_value;  // of the sign that colours it; none: a plain number
  bool main = false;            // of those to look at first
};

// [column][node]: mean of each raw reward over the leaves below a node; empty before all leaves
// have theirs.
std::vector<std::vector<double>> rewardsBelow(const TreeRecord& record, const TreeFigures& figures);

// Every line of a node, the main ones first. `below` is rewardsBelow() of the record.
std::vector<NodeNumber> nodeNumbers(const TreeRecord& record, const TreeFigures& figures,
                                    const std::vector<std::vector<double>>& below,
                                    std::int32_t node);

// Child indices from the root, "1.2.0", which with the seed makes its noise; "root" at a root.
std::string nodeKey(const TreeRecord& record, std::int32_t node);

// How its edge was made and into how many the next step branches: "SDE ×3", "ODE", "root",
// "ODE leaf".
std::string nodeState(const TreeRecord& record, std::int32_t node);

// What x_t of a node is: definition, equation, and its sigma.
std::string latentWords(const TreeRecord& record, std::int32_t node);

}  // namespace treegrpo
