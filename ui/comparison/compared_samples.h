// What is known of trees for their distributions.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "record/tree_record.h"

namespace treegrpo {

// Of one tree, or pooled over several.
struct TreeSample {
  std::vector<double> rewards;                    // of leaves, weighted sums
  std::map<int, std::vector<double>> advantages;  // of edges, by the step that they take
};

TreeSample sampleOf(const TreeRecord& tree);
void pool(TreeSample& all, const TreeSample& more);

// One a side or group, in the order of their colours.
struct ComparedSample {
  std::string letter;
  TreeSample sample;
};
using ComparedSamples = std::vector<ComparedSample>;

}  // namespace treegrpo
