#include "comparison/grid_cells.h"

#include <algorithm>
#include <cmath>

#include "canvas/path_drawing.h"

namespace treegrpo {
namespace {

std::vector<StepPicture> picturesOf(const std::shared_ptr<const TreeRecord>& tree,
                                    const std::vector<std::int32_t>& nodes) {
  std::vector<StepPicture> pictures;
  for (const std::int32_t node : nodes) {
    const TreeNode& one = tree->nodes[static_cast<std::size_t>(node)];
    if (!one.image.empty())
      pictures.push_back({one.step, std::shared_ptr<const Image>(tree, &one.image)});
  }
  return pictures;
}

}  // namespace

std::vector<StepPicture> picturesThrough(const std::shared_ptr<const TreeRecord>& tree,
                                         const TreeFigures& figures, std::int32_t node) {
  return picturesOf(tree, stripNodes(*tree, figures, node));
}

std::vector<std::int32_t> bestWay(const TreeRecord& tree) {
  std::int32_t best = -1;
  double most = no_value;
  const std::vector<std::int32_t> all = leaves(tree);
  for (std::size_t leaf = 0; leaf < all.size(); ++leaf) {
    const double reward = tree.rewards.empty() ? no_value : total_reward(tree, leaf);
    if (best >= 0 && !(reward > most) && !(std::isnan(most) && !std::isnan(reward))) continue;
    best = all[leaf];
    most = reward;
  }
  std::vector<std::int32_t> way;
  for (; best >= 0; best = tree.nodes[static_cast<std::size_t>(best)].parent) way.push_back(best);
  std::ranges::reverse(way);
  return way;
}

GridCell bestWayCell(const std::shared_ptr<const TreeRecord>& tree,
                     const std::vector<std::int32_t>& way) {
  GridCell cell;
  cell.pictures = picturesOf(tree, way);
  if (cell.pictures.empty()) cell.missing = "Image not stored";
  const std::vector<std::int32_t> all = leaves(*tree);
  if (!way.empty() && !tree->rewards.empty())
    cell.reward = total_reward(
        *tree, static_cast<std::size_t>(std::ranges::find(all, way.back()) - all.begin()));
  return cell;
}

}  // namespace treegrpo
