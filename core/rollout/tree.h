// A grown tree: its record, and the latents that training and decoding need.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

#include "record/tree_record.h"

namespace treegrpo {

// A parent whose edges train: one forward pass serves all its children.
struct TrainedParent {
  std::int32_t node = 0;               // index in the record
  std::vector<std::int32_t> children;  // indices in the record, trained edges
  at::Tensor latent;                   // [C, h, w] fp32
  at::Tensor child_latents;            // [k, C, h, w] fp32, rounded as stored before log-probs
};

// All trees of one prompt.
struct GrownTree {
  TreeRecord record;
  std::vector<TrainedParent> trained;  // in node order
  at::Tensor leaf_latents;             // [leaves, C, h, w] fp32, leaves in node order
  std::vector<at::Tensor> latents;     // [nodes of the step, C, h, w] a step, where they are kept
};

}  // namespace treegrpo
