// IterationRecord and EvaluationRecord as rows, both ways side by side. Private to this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "record/iteration_record.h"
#include "store/run_rows.h"
#include "store/sql.h"

namespace treegrpo {

void insert_iteration(Statements& statements, RunId run, const IterationRecord& record);
std::vector<IterationRecord> select_iterations(Statements& statements, RunId run);
std::vector<IterationTotals> select_iteration_totals(Statements& statements, RunId run);
std::optional<IterationRecord> select_iteration(Statements& statements, RunId run,
                                                std::int32_t iteration);

void replace_evaluation(Statements& statements, RunId run, const EvaluationRecord& record);
std::vector<EvaluationRecord> select_evaluations(Statements& statements, RunId run);

}  // namespace treegrpo
