// Where the nodes of a tree stand, in canvas pixels at zoom 1: noise on the left, images on the
// right, leaves in equal rows, an inner node midway between its first and last child.
//
//   step   0    1    2    3              4              5        6 7 8 9   10
//          □────□────□────□──────────────□──────────────□────────□·······□        row 0
//            prefix       │    window    └──────────────□────────□·······  □      row 1
//                         └──────────────□ …              tail            two columns
//
// The rows come from the schedule, so a node stands where it will stand when the tree is whole.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <vector>

#include "canvas/drawing.h"
#include "record/tree_record.h"

namespace treegrpo {

enum class SiblingOrder : std::uint8_t {
  path,  // as grown: never changes while a tree is live
  value  // the backed-up value, best first
};

// Distances and sides at zoom 1; a figure has others.
struct TreeMetrics {
  float prefix = 48, window = 146, tail = 17;  // a step's width before, in and after the window
  float row = 17;                              // of a leaf; its image is 2·row − 4 high
  float left = 28, top = 52;
  float root = 38, early = 30, branching = 50, later = 42, after_window = 18;  // sides of nodes
};

struct LayoutOptions {
  std::int32_t hoisted = -1;  // only its subtree, as if it were the root
  std::set<std::int32_t> collapsed = {};
  SiblingOrder order = SiblingOrder::path;
  TreeMetrics metrics = {};
};

// Children of every node in one array, in the order they stand.
struct TreeShape {
  std::vector<std::int32_t> roots;
  std::vector<std::int32_t> first;  // of each node in `children`; one more at the end
  std::vector<std::int32_t> children;

  std::span<const std::int32_t> childrenOf(std::int32_t node) const {
    const auto at = static_cast<std::size_t>(node);
    return std::span(children).subspan(static_cast<std::size_t>(first[at]),
                                       static_cast<std::size_t>(first[at + 1] - first[at]));
  }
};
TreeShape treeShape(const TreeRecord& record, SiblingOrder order = SiblingOrder::path);

// The steps that draw noise, from the first to the last; none in a tree of ODE steps.
struct NoisySteps {
  int first = -1, last = -1;
  bool none() const { return first < 0; }
};
NoisySteps noisySteps(const TreeSchedule& schedule);

struct PlacedNode {
  Point at;  // its middle
  float side = 0;
  std::int32_t first_row = 0, rows = 0;  // that its subtree takes, leaves to come included
  bool shown = false;                    // in the hoisted subtree and not in a collapsed one
  bool collapsed = false;
  bool tail = false;  // one of the compressed steps, drawn as a dot

  Box box() const { return {at.x - side / 2, at.y - side / 2, side, side}; }
};

struct TreeLayout {
  TreeMetrics metrics;
  TreeShape shape;
  NoisySteps noisy;
  int first_step = 0;             // of the hoisted node
  std::vector<float> step_x;      // middle of each step's nodes; leaves: of their left column
  std::vector<PlacedNode> nodes;  // as the record's
  std::vector<Point> coming;      // middles of the leaves to come
  std::int32_t rows = 0;
  float leaf_side = 0;
  Box extent;  // of all shown nodes, leaf columns included, axis and numbers not

  const PlacedNode& operator[](std::int32_t node) const {
    return nodes[static_cast<std::size_t>(node)];
  }
};

// In linear time but for the sorting of siblings by value.
TreeLayout treeLayout(const TreeRecord& record, const LayoutOptions& options = {});

}  // namespace treegrpo
