// Where an advantage comes from, as lines of a ledger: leaf rewards, their normalisation, the
// leaves' scores, what the edge summed. Plain values; the inspector and its copied text share them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "canvas/tree_figures.h"
#include "record/credit_trace.h"
#include "record/tree_record.h"

namespace treegrpo {

// A number of the ledger, as it is written, and the node that it belongs to.
struct LedgerValue {
  std::string text;
  std::int32_t node = -1;       // -1: of a group, not of a node
  double advantage = no_value;  // of the sign that colours it; none: a plain number
};

// One step of the arithmetic: "leaf rewards  0.898 0.877 0.586".
struct LedgerRow {
  std::string label;
  std::vector<LedgerValue> values;
  std::string text;     // in words, after the values; may be all there is
  std::string tooltip;  // definition and equation
  bool total = false;   // the line under the rule: what it all comes to
};

// The lines for the edge into a node, in the order of the arithmetic. Without a trace they end
// where the rewards do and say so; empty for no node.
std::vector<LedgerRow> creditLedger(const TreeRecord& record, const TreeFigures& figures,
                                    const CreditTrace* trace, std::int32_t node);

// The same as text, a line a row, labels in a column.
std::string ledgerText(const std::vector<LedgerRow>& rows);

}  // namespace treegrpo
