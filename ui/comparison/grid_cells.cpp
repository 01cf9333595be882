#include "comparison/grid_cells.h"

#include "canvas/path_drawing.h"

namespace treegrpo {

std::vector<StepPicture> picturesThrough(const std::shared_ptr<const TreeRecord>& tree,
                                         const TreeFigures& figures, std::int32_t node) {
  std::vector<StepPicture> pictures;
  for (const std::int32_t on_way : stripNodes(*tree, figures, node)) {
    const TreeNode& one = tree->nodes[static_cast<std::size_t>(on_way)];
    if (!one.image.empty())
      pictures.push_back({one.step, std::shared_ptr<const Image>(tree, &one.image)});
  }
  return pictures;
}

GridCell bestLeafCell(const std::shared_ptr<const TreeRecord>& tree) {
  const TreeFigures figures = treeFigures(*tree);
  std::int32_t node = figures.best_leaf;
  for (std::size_t at = 0; node < 0 && at < tree->nodes.size(); ++at)
    if (tree->is_leaf(at)) node = static_cast<std::int32_t>(at);
  GridCell cell;
  if (node >= 0) cell.reward = figures.reward[static_cast<std::size_t>(node)];
  cell.pictures = picturesThrough(tree, figures, node);
  if (cell.pictures.empty()) cell.missing = "Image not stored";
  return cell;
}

}  // namespace treegrpo
