// Walking a tree with the keyboard: where each key leads from a node. Plain functions; every one
// answers the node it was given where there is nowhere to go, and a root for -1. A walk stays among
// the nodes that the view shows: outside collapsed and, if there is one, inside the hoisted
// subtree.
#pragma once

#include <cstdint>

#include "canvas/tree_view.h"
#include "record/tree_record.h"

namespace treegrpo {

enum class Direction : std::uint8_t { previous, next };

// ← and →: the parent; the child that the last walk went on to, else the best one (by value, else
// by reward, else the first).
std::int32_t parentOf(const TreeRecord& record, const TreeView& view, std::int32_t node);
std::int32_t childOf(const TreeRecord& record, const TreeView& view, std::int32_t node);

// 1…9: the k-th child as they stand, from 1.
std::int32_t nthChildOf(const TreeRecord& record, const TreeView& view, std::int32_t node, int k);

// ↑ and ↓: the sibling above or below; at the ends the nearest cousin of the same step.
std::int32_t siblingOf(const TreeRecord& record, const TreeView& view, std::int32_t node,
                       Direction direction);

// Ctrl ← and →: the nearest ancestor that branches; the first such node along the walk on.
std::int32_t branchingOf(const TreeRecord& record, const TreeView& view, std::int32_t node,
                         Direction direction);

// Home: the root of the node's tree, or the hoisted node.
std::int32_t rootOf(const TreeRecord& record, const TreeView& view, std::int32_t node);

// End: the leaf of the highest reward below a node, by value before rewards are known.
std::int32_t bestLeafBelow(const TreeRecord& record, const TreeView& view, std::int32_t node);

// B and Shift+B: of the whole record, hidden ones too (reveal() shows them); -1 without rewards.
std::int32_t bestLeaf(const TreeRecord& record);
std::int32_t worstLeaf(const TreeRecord& record);

// N and Shift+N: the child end of the next edge by falling |advantage|, round at the ends; from a
// node without one, the largest. Hidden ones too. -1 if no edge has one.
std::int32_t largestEdge(const TreeRecord& record, std::int32_t from, Direction direction);

// The view with a node selected, and remembered by each of its ancestors as the way to go on.
TreeView selecting(TreeView view, const TreeRecord& record, std::int32_t node);

// The view with nothing collapsed or hoisted that hides a node.
TreeView revealing(TreeView view, const TreeRecord& record, std::int32_t node);

// C: collapsed if it was open and has children, open if it was collapsed.
TreeView toggledCollapse(TreeView view, const TreeRecord& record, std::int32_t node);

// Shift+C: all that branch are collapsed but those on the path to a node.
TreeView collapsedButPath(TreeView view, const TreeRecord& record, std::int32_t node);

}  // namespace treegrpo
