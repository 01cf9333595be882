// How a stored tree is grown again from one of its nodes: the schedule of the replayed path and of
// what grows from its end.
#pragma once

#include <optional>

#include "record/regrown.h"
#include "record/tree_record.h"
#include "record/tree_schedule.h"

namespace treegrpo {

struct RegrowWish {
  NodeId node;
  RegrowKind kind = RegrowKind::subtree;
  int leaves = 8;                          // of RegrowKind::leaves
  std::optional<TreeSchedule> other = {};  // of a subtree, from the node's step on
};

// One root; the steps before the node have one child and do not train, those after it are the
// tree's own, another schedule's, or such that `leaves` leaves come out. Throws Error (usage) if
// the record has no such node, the node is a leaf, no step from it on draws noise, or the other
// schedule has another number of steps; configuration Error if it cannot be run or has over
// max_leaves.
TreeSchedule regrow_schedule(const TreeRecord& tree, const RegrowWish& wish, int max_leaves);

}  // namespace treegrpo
