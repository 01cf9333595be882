// Which pictures of a tree are compared step by step: those on the way through a node.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "canvas/image_grid.h"
#include "canvas/tree_figures.h"
#include "record/tree_record.h"

namespace treegrpo {

// The stored pictures from the root to a node and on to its best leaf; they keep the tree.
std::vector<StepPicture> picturesThrough(const std::shared_ptr<const TreeRecord>& tree,
                                         const TreeFigures& figures, std::int32_t node);

// Those to the best leaf of the tree, with the leaf's reward. Without rewards the first leaf.
GridCell bestLeafCell(const std::shared_ptr<const TreeRecord>& tree);

}  // namespace treegrpo
