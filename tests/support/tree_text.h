// Trees for tests, drawn as text or grown from a schedule.
#pragma once

#include <cstddef>
#include <random>
#include <string>
#include <string_view>

#include "record/tree_record.h"

namespace treegrpo::test {

// A record from a drawing: a node a line, two spaces a step, children under their parent, a leaf's
// rewards after "=" (one a column, named r0, r1, …), an edge's log-prob after its kind. Steps with
// sde nodes draw noise and train.
//
//   root
//     sde -1.0
//       ode = 0.5
//     sde -1.2
//       ode = 0.1
//
// Nodes are numbered in level order: 0 the root, 1 and 2 the sde nodes, 3 and 4 the leaves.
TreeRecord tree_from_text(std::string_view drawing);

// The same drawing without log-probs and rewards, in level order of the record: a picture that a
// test can compare. "0 root", "  1 sde", …
std::string text_from_tree(const TreeRecord& record);

// All nodes of a schedule, in level order, children after their siblings' parents in turn; normal
// log-probs of about the spread that its D = 200 gives, and `columns` reward columns in [0, 1).
TreeRecord grown_tree(const TreeSchedule& schedule, std::mt19937& random, std::size_t columns = 1);

}  // namespace treegrpo::test
