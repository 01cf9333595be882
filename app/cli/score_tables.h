// Held-out scores as tables of text, by task, with their standard errors.
#pragma once

#include <string>

#include "record/iteration_record.h"

namespace treegrpo::cli {

std::string evaluation_table(const EvaluationRecord& record);

std::string before_after_table(const EvaluationRecord& before, const EvaluationRecord& after);

// What was seen, in one sentence, in standard errors of the difference.
std::string before_after_sentence(const EvaluationRecord& before, const EvaluationRecord& after);

}  // namespace treegrpo::cli
