// All trees of one prompt of one iteration, as parallel arrays over their nodes: what the sampler
// did, what the rewards said and what credit each edge got (Algorithm 1 lines 2 to 18).
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "record/ids.h"
#include "record/image.h"
#include "record/tree_schedule.h"

namespace treegrpo {

inline constexpr double no_value = std::numeric_limits<double>::quiet_NaN();  // "null" of a number

// How a node came to be.
enum class NodeKind : std::uint8_t { root, sde, ode };

// One node. An edge's numbers stand on its child.
struct TreeNode {
  std::int32_t parent = -1;  // index in the record; -1 at a root; always less than its own
  std::int32_t tree = 0;     // which root it hangs from, from 0
  std::int32_t child = 0;    // which child of its parent; 0 on an ODE step
  std::int32_t step = 0;     // denoising steps done: 0 at a root, T at a leaf
  NodeKind kind = NodeKind::root;
  double log_prob = no_value;   // of the edge into it, mean over the latent's dimensions, old
                                // policy; none on an ODE step: a point has no density
  double value = no_value;      // what is backed up to it from its leaves
  double advantage = no_value;  // of the edge into it, clamped; none on edges that do not train
  double ratio = no_value;      // of the edge in the first training pass
  double kl = no_value;         // of the edge to the reference weights, where it was computed
  Image image;                  // a leaf's picture or an inner node's preview; may be empty
};

// Grown in level order: all nodes of step s stand before those of step s + 1.
struct TreeRecord {
  std::int32_t iteration = 0;
  PromptId prompt;   // its place in the iteration
  std::string text;  // the prompt
  TreeSchedule schedule;
  std::vector<double> sigmas;          // T + 1 values from 1 to 0: sigma of a node is sigmas[step]
  std::int64_t latent_dimensions = 0;  // D, numbers in one latent; 0: not known
  std::vector<TreeNode> nodes;
  std::vector<std::string> reward_names;     // one a column
  std::vector<double> reward_weights;        // likewise
  std::vector<std::vector<double>> rewards;  // raw; [column][leaf], leaves in node order

  int steps() const { return static_cast<int>(schedule.steps.size()); }
  bool is_leaf(std::size_t node) const { return nodes[node].step == steps(); }
};

// Indices of the leaves, in node order: the order of a reward column.
std::vector<std::int32_t> leaves(const TreeRecord& record);

// Children of every node, in node order.
std::vector<std::vector<std::int32_t>> children(const TreeRecord& record);

// Child indices from the root to a node, one a step done; empty at a root.
std::vector<std::int32_t> path(const TreeRecord& record, std::int32_t node);

// Σ weight·raw reward of a leaf, by its place among the leaves.
double total_reward(const TreeRecord& record, std::size_t leaf);

}  // namespace treegrpo
