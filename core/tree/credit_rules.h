// The table of credit rules (credit.rule): which score a leaf gets, and how an edge's advantage is
// made of the values backed up from them. To add a rule, add a row.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "record/credit_trace.h"
#include "record/tree_record.h"
#include "tree/backup.h"
#include "tree/credit_options.h"
#include "tree/leaf_advantage.h"

namespace treegrpo {

// What a rule reads to credit the edges of one record.
struct RuleInput {
  const TreeRecord& record;
  const BackedUp& backed_up;
  const CreditOptions& options;
  std::vector<Moments> by_step;  // of the values of all nodes of a step, over all trees
  double prompt_value = 0;       // mean value of the roots
};

// An advantage before the clamp: Σ weight·value of the terms, and the formula in words.
struct EdgeCredit {
  std::string formula;
  std::vector<CreditTerm> terms;
};

struct CreditRule {
  std::string_view name;      // of credit.rule
  std::string_view sentence;  // what it does
  std::string_view source;    // paper, and how sure its formula is
  bool reduces_to_grpo;       // on a forest of chains every edge gets its image's plain z-score

  std::vector<LeafCredit> (*leaves)(std::span<const TreeRecord> records,
                                    const CreditOptions& options);
  EdgeCredit (*edge)(const RuleInput& input, std::size_t node);  // of the edge into `node`
};

std::span<const CreditRule> credit_rules();

// Throws a configuration Error that says which names there are and which is nearest.
const CreditRule& credit_rule_named(std::string_view name);

}  // namespace treegrpo
