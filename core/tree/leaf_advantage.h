// Raw rewards to leaf advantages (TreeGRPO eq. 9, Alg. 1 l. 12):
//   A_leaf = Σ_k w_k (R_k - mean_k) / max(std_k, std_min)
// Each reward is normalised by itself and weighted after, so a weight says how much a reward
// counts and not what unit it is in.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "record/credit_trace.h"
#include "record/tree_record.h"
#include "tree/credit_options.h"

namespace treegrpo {

// Mean and population deviation of some numbers.
struct Moments {
  double mean = 0;
  double deviation = 0;
  bool constant = true;  // no variance beyond rounding
};
Moments moments(std::span<const double> values);

// Whether a deviation is no more than what rounding makes of numbers of this size.
bool is_rounding(double deviation, double largest);

// The leaves of one record.
struct LeafCredit {
  std::vector<NormalisationTrace> normalisation;  // one a reward column
  std::vector<LeafTrace> leaves;                  // in node order; score is what is backed up
  bool skipped = false;                           // no column with weight varies
};

// Gives a leaf its score, spelled out.
void set_score(LeafTrace& leaf, std::string formula, std::vector<CreditTerm> terms);

// The scores of the leaves, in node order.
std::vector<double> scores(const LeafCredit& credit);

// The leaf advantages of every record, which are their scores; all 0 in a skipped one. Throws as
// assign_credit does.
std::vector<LeafCredit> leaf_advantages(std::span<const TreeRecord> records,
                                        const CreditOptions& options);

}  // namespace treegrpo
