#include "comparison/grid_cells.h"

#include <algorithm>

#include "canvas/tree_figures.h"

namespace treegrpo {

GridCell bestLeafCell(const std::shared_ptr<const TreeRecord>& tree) {
  const TreeFigures figures = treeFigures(*tree);
  std::int32_t node = figures.best_leaf;
  for (std::size_t at = 0; node < 0 && at < tree->nodes.size(); ++at)
    if (tree->is_leaf(at)) node = static_cast<std::int32_t>(at);
  GridCell cell;
  if (node >= 0) cell.reward = figures.reward[static_cast<std::size_t>(node)];
  for (; node >= 0; node = tree->nodes[static_cast<std::size_t>(node)].parent) {
    const TreeNode& one = tree->nodes[static_cast<std::size_t>(node)];
    if (!one.image.empty())
      cell.pictures.push_back({one.step, std::shared_ptr<const Image>(tree, &one.image)});
  }
  std::ranges::reverse(cell.pictures);
  if (cell.pictures.empty()) cell.missing = "Image not stored";
  return cell;
}

}  // namespace treegrpo
