// What was grown again from a node of a stored tree, to look at: stored apart, never trained, never
// counted.
#pragma once

#include <cstdint>
#include <string>

#include "record/tree_record.h"
#include "record/weights_origin.h"

namespace treegrpo {

enum class RegrowKind {
  subtree,  // all below the node, from other noise
  leaves,   // more leaves below it: it branches once, at the first step that draws noise
};

struct Regrown {
  TreeRecord tree;             // one root: the node's path, replayed, and what grew from its end
  NodeId from;                 // the node of the stored tree
  std::int32_t from_tree = 0;  // which root it hangs from there
  std::int32_t node = 0;       // its place in `tree`
  RegrowKind kind = RegrowKind::subtree;
  std::uint64_t seed = 0;  // of its noise, beside the run's own: another one, other leaves
  WeightsOrigin weights;
  // Largest difference between a log-prob of the replayed path and the stored one, none without
  // noise. Near 0 whatever the weights: a log-prob at its own mean tells the noise, not the
  // latents.
  double log_prob_difference = no_value;
};

}  // namespace treegrpo
