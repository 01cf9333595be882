// The advantage of each edge from the rewards of the leaves (the credit line of the path; TreeGRPO
// Alg. 1 l. 12-18): leaf advantages, backup, credit rule, clamp. Every credit rule goes through it;
// flat GRPO is the case of a forest of chains.
#pragma once

#include <span>
#include <vector>

#include "record/credit_trace.h"
#include "record/tree_record.h"
#include "tree/credit_options.h"

namespace treegrpo {

// What credit rules remember from one iteration to the next, saved in checkpoints. No rule of the
// table remembers anything yet; running statistics would live here.
struct CreditState {};

// The credit of one TreeRecord, in its node order.
struct RecordCredit {
  std::vector<double> values;      // of each node: its leaves' scores, backed up
  std::vector<double> advantages;  // of the edge into each node, clamped; none (NaN) on roots, on
                                   // edges that do not train, and in a skipped group
  CreditTrace trace;
  bool skipped = false;  // no reward of the prompt varied: nothing to learn from it
};

struct Credit {
  std::vector<RecordCredit> records;  // one a TreeRecord, in their order
  int skipped_groups = 0;
  double softmax_ess = no_value;  // mean of 1/Σw² over the nodes that branch; none without any
};

// Credit of one iteration's records, one a prompt. A group is all leaves of a prompt over all its
// trees. Throws Error if a reward is not finite (named with prompt and iteration), a column has
// another length than the leaves, or siblings have no log-prob where the backup needs it.
Credit assign_credit(std::span<const TreeRecord> records, const CreditOptions& options,
                     CreditState& state);

// Writes values and advantages to the record's nodes.
void apply(const RecordCredit& credit, TreeRecord& record);

}  // namespace treegrpo
