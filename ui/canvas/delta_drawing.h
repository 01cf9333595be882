// The column between two trees that stand face to face: how much each leaf of the one earns more
// than the leaf at its path in the other, and the numbers by which their nodes may be coloured.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "canvas/drawing.h"
#include "compare/tree_pairs.h"
#include "record/tree_record.h"
#include "style/theme.h"

namespace treegrpo {

// How far nodes at the same path are from each other, second − first.
enum class NodeDelta : std::uint8_t {
  value,           // V
  log_prob,        // of the edge into them
  image_distance,  // root mean square of the pictures' differences, 0 to 1; never below 0
  reward           // mean total reward of the leaves below
};

// One number a pair of `pairs.matched`; no_value where either node has none. Pictures of two sizes
// have no distance.
std::vector<double> pairDeltas(const TreeRecord& first, const TreeRecord& second,
                               const TreePairs& pairs, NodeDelta delta);

// What nodes of two trees may be coloured by.
struct PairColour {
  const char *name, *words;        // in a recipe, on screen
  std::optional<NodeDelta> delta;  // none: each tree's own advantages
};
std::span<const PairColour> pairColours();

// For TreeView::given of either tree: a number a node, that of its pair, no_value where it has
// none. Null where there are no pairs.
struct PairShades {
  std::shared_ptr<const std::vector<double>> first, second;
  double limit = 0;  // the largest |delta|
};
PairShades pairShades(const TreeRecord& first, const TreeRecord& second, const TreePairs& pairs,
                      NodeDelta delta);

struct DeltaRow {
  float y = 0;            // on screen
  std::int32_t node = 0;  // leaf of the first tree
  double delta = 0;
};

struct DeltaColumn {
  std::vector<DeltaRow> rows;  // downwards
  std::int32_t selected = -1;  // leaf of the first tree
  float row_height = 0;        // below 10 pixels numbers are left out
  double mean = no_value;      // of all pairs, also of those that do not show
  std::int32_t pairs = 0;
};

// Hits: node, target the leaf of the first tree.
Drawing deltaDrawing(const DeltaColumn& column, float width, float height, const Theme& theme);

}  // namespace treegrpo
