// The pictures of the way to a node, drawn again from the keys of its noise, to look at: neither
// latents nor all pictures are stored. Never trained, never stored.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "record/image.h"
#include "record/tree_record.h"
#include "record/weights_origin.h"

namespace treegrpo {

struct DrawnNode {
  Image clean;  // x̂0, what the model predicts from the node; of a leaf the image itself
  Image noisy;  // x_t, the latent itself, decoded
};

struct DrawnPath {
  std::vector<DrawnNode> nodes;  // one a step, from the root to the node
  WeightsOrigin weights;
  // Largest difference of a channel, of 255, to the pictures that the way came with; none: it came
  // with none of that size.
  std::optional<int> picture_difference = {};
};

// Whether these weights drew the trees of the iteration themselves.
bool began(const WeightsOrigin& weights, std::int32_t iteration);

// The record's own numbers, and of its nodes the way from the root to that one, a node a step.
// Without rewards, which belong to all leaves. Throws Error (usage) if there is no such node.
TreeRecord way_to(const TreeRecord& record, NodeId node);

}  // namespace treegrpo
