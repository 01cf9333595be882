// Which pictures a grid shows of a tree: those on the way to its best leaf.
#pragma once

#include <memory>

#include "canvas/image_grid.h"
#include "record/tree_record.h"

namespace treegrpo {

// The stored ones from root to best leaf, with the leaf's reward; they keep the tree. Without
// rewards the first leaf.
GridCell bestLeafCell(const std::shared_ptr<const TreeRecord>& tree);

}  // namespace treegrpo
