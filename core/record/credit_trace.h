// The arithmetic behind each advantage, as data: leaf rewards → normalisation → backup → edge. A
// screen prints it as a ledger, every number with where it came from.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace treegrpo {

// How one reward column of one prompt was normalised.
struct NormalisationTrace {
  std::string reward;  // column name
  double weight = 1;
  double mean = 0;       // subtracted
  double deviation = 0;  // population deviation as measured, before the floor
  double divisor = 1;    // what divided: the deviation, or credit.std_min where that is larger
  bool skipped = false;  // zero variance: the column gives no advantage
};

inline constexpr std::int32_t of_a_group = -1;  // in place of a node; the formula names the group

// One summand of a leaf's score, a node's value or an edge's advantage.
struct CreditTerm {
  std::int32_t node = 0;  // whose value it is, or of_a_group
  double weight = 0;
  double value = 0;
};

// How one edge (named by its child) got its advantage: Σ terms, then clamped.
struct EdgeTrace {
  std::int32_t node = 0;
  std::string formula;            // the rule in words of the trace: "mean of the children's values"
  std::vector<CreditTerm> terms;  // sums to unclamped
  double unclamped = 0;
  double advantage = 0;
};

// Of one leaf: raw reward → z-score, one entry a column, and their weighted sum; then the score
// that the rule backs up, which for most rules is that sum.
struct LeafTrace {
  std::int32_t node = 0;
  std::vector<double> raw;
  std::vector<double> normalised;
  double advantage = 0;                // A_leaf = Σ_k w_k (R_k − mean_k) / divisor_k
  std::string formula = {};            // of the score, in words
  std::vector<CreditTerm> terms = {};  // sums to score
  double score = 0;
};

struct CreditTrace {
  std::string rule;
  std::string backup;
  std::vector<NormalisationTrace> normalisation;  // one a reward column
  std::vector<LeafTrace> leaves;
  std::vector<EdgeTrace> edges;  // in node order, trained or not
};

}  // namespace treegrpo
