// From leaf scores to the value of every node, children before parents (TreeGRPO Alg. 1 l. 13-17):
//   A_node(u) = Σ_{e in C(u)} w_u(e) A(e),  w_u = 1/k, or softmax over siblings of log pi_old(e)
// An only child, as after every ODE step, hands its value up unchanged.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "record/tree_record.h"
#include "tree/credit_options.h"

namespace treegrpo {

struct BackedUp {
  std::vector<std::vector<std::int32_t>> children;  // of each node
  std::vector<double> values;                       // of each node
  std::vector<double> weights;           // of each node in its parent's value; 1 at a root
  std::vector<std::int64_t> leaf_count;  // leaves under each node; 1 at a leaf
  double ess_sum = 0;                    // Σ of 1/Σw² over the nodes that branch
  std::int64_t ess_count = 0;            // how many they are
};

// `scores` holds one number a leaf, in node order. Throws Error if a softmax backup finds siblings
// without log-prob, or softmax_sum_log_prob does not know the latent's dimensions.
BackedUp back_up(const TreeRecord& record, std::span<const double> scores,
                 const CreditOptions& options);

}  // namespace treegrpo
