// How values are distributed: ECDFs and histograms of rewards and of advantages by depth.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <vector>

#include "record/tree_record.h"

namespace treegrpo {

// The share of values at or below each distinct one.
struct Ecdf {
  std::vector<double> x;      // ascending, each once
  std::vector<double> share;  // in (0, 1], the last is 1
  std::size_t n = 0;
  std::size_t left_out = 0;  // values that are no finite number
};
Ecdf ecdf(std::span<const double> values);

// Counts between edges; a bin holds its lower edge, the last one both.
struct Histogram {
  std::vector<double> edges;        // one more than counts; ascending
  std::vector<std::size_t> counts;  // of one sample
  std::size_t left_out = 0;         // values that are no finite number, or outside the edges
};
Histogram histogram(std::span<const double> values, std::span<const double> edges);

// Equal bins over all the finite values of several samples, so that their histograms can lie over
// each other: `bins` of them, or, if it is 0, as wide as Freedman and Diaconis say (2·IQR/∛n), at
// least 1 and at most 200. Values that are all the same get one bin of width 1 around them. Empty
// if there is no value.
std::vector<double> common_edges(std::span<const std::vector<double>> samples, int bins = 0);

// The weighted sums of the leaves' rewards, tree by tree.
std::vector<double> leaf_rewards(std::span<const TreeRecord> trees);

// The advantages of the edges that have one, by the step that they take, from 0.
std::map<int, std::vector<double>> advantages_by_depth(std::span<const TreeRecord> trees);

}  // namespace treegrpo
