// The way from one look of a tree to another (theme.md 6): view and places of nodes in between.
#pragma once

#include "canvas/tree_layout.h"
#include "canvas/tree_view.h"

namespace treegrpo {

// In-out cubic: 0 to 1, slow at both ends.
float easedInOut(float share);

// `to`, zoomed and panned a share of the way from `from`; what both show in one place stays there.
TreeView viewBetween(const TreeView& from, const TreeView& to, float share);

// `to`, with nodes that both show a share of the way from where `from` has them. Layouts of one
// record.
TreeLayout layoutBetween(const TreeLayout& from, const TreeLayout& to, float share);

}  // namespace treegrpo
