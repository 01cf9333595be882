// A stored tree as text to read in a terminal.
#pragma once

#include <string>

#include "record/credit_trace.h"
#include "record/tree_record.h"

namespace treegrpo::cli {

// The prompt, then which tree of which run it is: two lines.
std::string tree_heading(const std::string& run_name, RunId run, const TreeRecord& record);

// One line a node that branched off, with the advantage of the edge into it; the ODE steps that
// follow stand on the same line.
std::string tree_text(const TreeRecord& record);

// The ledger behind the advantages: rewards → normalisation → leaves → edges that train.
std::string trace_text(const CreditTrace& trace);

}  // namespace treegrpo::cli
