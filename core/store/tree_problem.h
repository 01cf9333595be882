// What a TreeRecord must be to be stored, and to be trusted when it is read. Private to this
// folder.
#pragma once

#include <optional>
#include <string>

#include "record/tree_record.h"

namespace treegrpo {

// "the tree of iteration 3, prompt 0".
std::string place_of(const TreeRecord& record);

// Why a record is no tree, or its columns do not fit its nodes: nodes stand after their parents, a
// step below them, and each leaf has a reward in every column. None if all is well.
std::optional<std::string> tree_problem(const TreeRecord& record);

}  // namespace treegrpo
