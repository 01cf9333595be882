// Which node of one tree is which of another: nodes that stand at the same path share their noise
// if prompt, seed and iteration are the same (base/noise_key.h).
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "record/ids.h"
#include "record/tree_record.h"

namespace treegrpo {

// Nodes by what they are called in the noise's key: tree, and child index at every step.
struct TreePairs {
  std::vector<std::pair<NodeId, NodeId>> matched;  // in the order of the first tree
  std::vector<NodeId> only_first;                  // in node order
  std::vector<NodeId> only_second;
};

TreePairs pair_nodes(const TreeRecord& first, const TreeRecord& second);

// Why equal paths need not mean equal noise, a sentence each: other prompts, other iterations,
// other seeds, other numbers of steps. Empty: matched nodes differ by their weights and schedules
// alone.
std::vector<std::string> pairing_remarks(const TreeRecord& first, std::uint64_t first_seed,
                                         const TreeRecord& second, std::uint64_t second_seed);

}  // namespace treegrpo
