// Finding nodes of a tree by what a user types: a node's id or key, words of the prompt, kinds, and
// comparisons of numbers. Functions of values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "canvas/tree_figures.h"
#include "record/tree_record.h"

namespace treegrpo {

// What there is to type, as a tooltip says it.
inline constexpr const char* find_syntax =
    "12 or t5.7: a node by number or id · 2.0.1: by its child numbers from the root · leaf, root, "
    "sde, ode, broken · a > 0.5, r < 0.2, v, lp, ratio, kl, t: advantage, reward, value, "
    "log-probability, ratio, KL, step · joined by and · any other words: the prompt";

struct TreeMatches {
  std::vector<std::int32_t> nodes;  // in node order
  bool of_prompt = false;           // it was words: roots of the tree whose prompt has them
  std::string problem;              // why it could not be read as a condition; else empty
};

// The nodes for which all of the query holds; none for an empty one. Case does not matter; a number
// that a node does not have fulfils nothing.
TreeMatches findNodes(const TreeRecord& record, const TreeFigures& figures, std::string_view query);

}  // namespace treegrpo
