// The numbers of a whole tree that its drawing and its walks need: rewards below each node, the
// limits of colours, what is broken. Worked out in one pass over a record.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "record/tree_record.h"

namespace treegrpo {

struct Range {
  double least = no_value, most = no_value;  // none: no finite number was seen
  bool none() const { return !(least <= most); }
};

struct TreeFigures {
  std::vector<double> reward;            // mean total reward of the leaves below; none: no rewards
  std::vector<double> best_below;        // the best of them
  std::vector<std::int32_t> leaf_count;  // leaves below that have grown; 1 at a leaf
  std::vector<std::int32_t> index;       // place among the nodes of its step
  std::vector<std::uint8_t> broken;      // a number that ought to be there is NaN or infinite
  bool credited = false;                 // some edge has an advantage
  bool rewarded = false;                 // every leaf has its rewards
  double advantage_limit = 0;            // largest |A| of an edge
  double ratio_limit = 0;                // largest |ratio − 1|
  Range log_prob, ratio, kl, value, leaf_reward;
  double mean_reward = no_value;  // of all leaves
  std::int32_t best_leaf = -1, worst_leaf = -1;
};

TreeFigures treeFigures(const TreeRecord& record);

// "t5.7": step and place among its nodes, as every table calls a node.
std::string nodeName(const TreeRecord& record, const TreeFigures& figures, std::int32_t node);

// Whether the edge into a node trains; no edge leads into a root.
bool trains(const TreeRecord& record, std::int32_t node);

}  // namespace treegrpo
