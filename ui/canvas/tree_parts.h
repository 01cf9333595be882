// The parts of a tree's drawing in paint order, a file each. Every one adds its items and hit boxes
// for what lies in view.
#pragma once

#include "canvas/tree_frame.h"

namespace treegrpo {

void addWindowBand(const TreeFrame& frame, Drawing& drawing);    // tree_axis: behind everything
void addComingLeaves(const TreeFrame& frame, Drawing& drawing);  // tree_growth
void addEdges(const TreeFrame& frame, Drawing& drawing);         // halos, edges, marks, numbers
void addNodes(const TreeFrame& frame, Drawing& drawing);
void addColumns(const TreeFrame& frame, Drawing& drawing);      // A and R right of the leaves
void addColumnHeads(const TreeFrame& frame, Drawing& drawing);  // over the axis
void addFrontLine(const TreeFrame& frame, Drawing& drawing);    // tree_growth
void addAxis(const TreeFrame& frame, Drawing& drawing);         // over what scrolls beneath it
void addLegend(const TreeFrame& frame, Drawing& drawing);

// Entries of the legend, the targets of its hit boxes.
enum class LegendEntry : std::uint8_t { overlay, lines, best };

}  // namespace treegrpo
