#include "canvas/tree_walk.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "canvas/tree_figures.h"
#include "canvas/tree_layout.h"

namespace treegrpo {
namespace {

std::size_t at(std::int32_t index) { return static_cast<std::size_t>(index); }

bool exists(const TreeRecord& record, std::int32_t node) {
  return node >= 0 && at(node) < record.nodes.size();
}

std::int32_t firstRoot(const TreeRecord& record, const TreeView& view) {
  if (exists(record, view.hoisted)) return view.hoisted;
  const TreeShape shape = treeShape(record, view.order);
  return shape.roots.empty() ? -1 : shape.roots.front();
}

// The children that the view shows.
std::vector<std::int32_t> shownChildren(const TreeRecord& record, const TreeView& view,
                                        std::int32_t node) {
  if (view.collapsed.contains(node)) return {};
  const TreeShape shape = treeShape(record, view.order);
  const auto children = shape.childrenOf(node);
  return {children.begin(), children.end()};
}

// What a child is chosen by: its value, or the mean reward below it.
double worth(const TreeRecord& record, const TreeFigures& figures, std::int32_t node) {
  const double value = record.nodes[at(node)].value;
  const double known = std::isnan(value) ? figures.reward[at(node)] : value;
  return std::isnan(known) ? -std::numeric_limits<double>::infinity() : known;
}

std::int32_t bestOf(const TreeRecord& record, const std::vector<std::int32_t>& nodes) {
  const TreeFigures figures = treeFigures(record);
  return *std::max_element(nodes.begin(), nodes.end(), [&](std::int32_t a, std::int32_t b) {
    return worth(record, figures, a) < worth(record, figures, b);
  });
}

bool isAncestor(const TreeRecord& record, std::int32_t ancestor, std::int32_t node) {
  while (node > ancestor) node = record.nodes[at(node)].parent;
  return node == ancestor;
}

// Nodes of a step with |A|, largest first; of equals the first.
std::vector<std::int32_t> edgesByStrength(const TreeRecord& record) {
  std::vector<std::int32_t> edges;
  for (std::size_t node = 0; node < record.nodes.size(); ++node)
    if (std::isfinite(record.nodes[node].advantage))
      edges.push_back(static_cast<std::int32_t>(node));
  std::stable_sort(edges.begin(), edges.end(), [&](std::int32_t a, std::int32_t b) {
    return std::abs(record.nodes[at(a)].advantage) > std::abs(record.nodes[at(b)].advantage);
  });
  return edges;
}

}  // namespace

std::int32_t parentOf(const TreeRecord& record, const TreeView& view, std::int32_t node) {
  if (!exists(record, node)) return firstRoot(record, view);
  const std::int32_t parent = record.nodes[at(node)].parent;
  return parent < 0 || node == view.hoisted ? node : parent;
}

std::int32_t childOf(const TreeRecord& record, const TreeView& view, std::int32_t node) {
  if (!exists(record, node)) return firstRoot(record, view);
  const std::vector<std::int32_t> children = shownChildren(record, view, node);
  if (children.empty()) return node;
  const auto walked = view.last_child.find(node);
  if (walked != view.last_child.end() &&
      std::find(children.begin(), children.end(), walked->second) != children.end())
    return walked->second;
  return bestOf(record, children);
}

std::int32_t nthChildOf(const TreeRecord& record, const TreeView& view, std::int32_t node, int k) {
  if (!exists(record, node)) return firstRoot(record, view);
  const std::vector<std::int32_t> children = shownChildren(record, view, node);
  return k < 1 || at(k) > children.size() ? node : children[at(k - 1)];
}

std::int32_t siblingOf(const TreeRecord& record, const TreeView& view, std::int32_t node,
                       Direction direction) {
  if (!exists(record, node)) return firstRoot(record, view);
  const TreeLayout layout = treeLayout(record, layoutOptions(view));
  const std::int32_t step = record.nodes[at(node)].step;
  const std::int32_t row = layout[node].first_row;
  std::int32_t nearest = node;
  for (std::int32_t other = 0; at(other) < record.nodes.size(); ++other) {
    if (record.nodes[at(other)].step != step || !layout[other].shown || other == node) continue;
    const std::int32_t there = layout[other].first_row, held = layout[nearest].first_row;
    const bool beyond = direction == Direction::next ? there > row : there < row;
    const bool nearer = direction == Direction::next ? there < held : there > held;
    if (beyond && (nearest == node || nearer)) nearest = other;
  }
  return nearest;
}

std::int32_t branchingOf(const TreeRecord& record, const TreeView& view, std::int32_t node,
                         Direction direction) {
  if (!exists(record, node)) return firstRoot(record, view);
  for (std::int32_t here = node;;) {
    const std::int32_t there =
        direction == Direction::next ? childOf(record, view, here) : parentOf(record, view, here);
    if (there == here) return node;
    if (shownChildren(record, view, there).size() > 1) return there;
    here = there;
  }
}

std::int32_t rootOf(const TreeRecord& record, const TreeView& view, std::int32_t node) {
  if (!exists(record, node)) return firstRoot(record, view);
  while (parentOf(record, view, node) != node) node = parentOf(record, view, node);
  return node;
}

std::int32_t bestLeafBelow(const TreeRecord& record, const TreeView& view, std::int32_t node) {
  if (!exists(record, node)) node = firstRoot(record, view);
  const TreeFigures figures = treeFigures(record);
  std::int32_t best = -1;
  double most = 0;
  for (std::int32_t leaf = node; leaf >= 0 && at(leaf) < record.nodes.size(); ++leaf) {
    if (!record.is_leaf(at(leaf)) || !isAncestor(record, node, leaf)) continue;
    const double reward = figures.reward[at(leaf)];
    const double worthy = std::isnan(reward) ? worth(record, figures, leaf) : reward;
    if (best >= 0 && !(worthy > most)) continue;
    best = leaf;
    most = worthy;
  }
  return best < 0 ? node : best;
}

std::int32_t bestLeaf(const TreeRecord& record) { return treeFigures(record).best_leaf; }
std::int32_t worstLeaf(const TreeRecord& record) { return treeFigures(record).worst_leaf; }

std::int32_t largestEdge(const TreeRecord& record, std::int32_t from, Direction direction) {
  const std::vector<std::int32_t> edges = edgesByStrength(record);
  if (edges.empty()) return -1;
  const auto here = std::find(edges.begin(), edges.end(), from);
  if (here == edges.end()) return edges.front();
  const auto place = static_cast<std::size_t>(here - edges.begin());
  const std::size_t move = direction == Direction::next ? 1 : edges.size() - 1;
  return edges[(place + move) % edges.size()];
}

TreeView selecting(TreeView view, const TreeRecord& record, std::int32_t node) {
  view.selected = exists(record, node) ? node : -1;
  view.also_selected.clear();
  for (std::int32_t here = view.selected; here >= 0;) {
    const std::int32_t parent = record.nodes[at(here)].parent;
    if (parent >= 0) view.last_child[parent] = here;
    here = parent;
  }
  return view;
}

TreeView revealing(TreeView view, const TreeRecord& record, std::int32_t node) {
  if (!exists(record, node)) return view;
  bool in_hoisted = node == view.hoisted;
  for (std::int32_t parent = record.nodes[at(node)].parent; parent >= 0;
       parent = record.nodes[at(parent)].parent) {
    view.collapsed.erase(parent);
    in_hoisted = in_hoisted || parent == view.hoisted;
  }
  if (!in_hoisted) view.hoisted = -1;
  return view;
}

TreeView toggledCollapse(TreeView view, const TreeRecord& record, std::int32_t node) {
  if (!exists(record, node) || record.is_leaf(at(node))) return view;
  if (view.collapsed.erase(node) == 0) view.collapsed.insert(node);
  return view;
}

TreeView collapsedButPath(TreeView view, const TreeRecord& record, std::int32_t node) {
  const TreeShape shape = treeShape(record);
  for (std::int32_t other = 0; at(other) < record.nodes.size(); ++other)
    if (shape.childrenOf(other).size() > 1) view.collapsed.insert(other);
  view.collapsed.erase(node);
  return revealing(std::move(view), record, node);
}

}  // namespace treegrpo
