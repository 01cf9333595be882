// The body of one node of a tree: dot, tile, picture, hatch or corner marks, by its level of detail
// and its state, with its border.
#pragma once

#include "canvas/tree_frame.h"

namespace treegrpo {

struct NodeSketch {
  std::int32_t node;
  Box box;
  Lod lod;
  EdgeLook edge;
  float share;  // of opacity
};

// Adds what a node is on screen, and the label of a collapsed one with its hit box.
void addBody(const TreeFrame& frame, const NodeSketch& sketch, Drawing& drawing);

// A diamond of 8 px in `error`: a node that is broken and too small for a hatch.
void addSmallDiamond(const TreeFrame& frame, const NodeSketch& sketch, Drawing& drawing);

}  // namespace treegrpo
