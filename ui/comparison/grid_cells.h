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

// The nodes from the root to the best leaf; without rewards to the first one. Empty where no leaf
// has grown.
std::vector<std::int32_t> bestWay(const TreeRecord& tree);

// The stored pictures of those nodes, with the leaf's reward; they keep the tree.
GridCell bestWayCell(const std::shared_ptr<const TreeRecord>& tree,
                     const std::vector<std::int32_t>& way);

}  // namespace treegrpo
