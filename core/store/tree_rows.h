// A TreeRecord as rows of prompt, tree, node and score, both ways side by side; its pictures are in
// image_rows. Private to this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "record/tree_record.h"
#include "store/run_rows.h"
#include "store/sql.h"

namespace treegrpo {

// Inserts everything but pictures of a record without tree_problem. Returns the row id of each of
// its trees, by tree number.
std::vector<std::int64_t> insert_tree(Statements& statements, RunId run, const TreeRecord& record);

// The nodes and scores of a record whose trees have those row ids.
void insert_grown(Statements& statements, const std::vector<std::int64_t>& trees,
                  const TreeRecord& record);

// Parts of a record, from rows of select_tree's columns. Each throws Error if what is stored is no
// tree; read_prompt answers false if there is no such prompt.
bool read_prompt(Statements& statements, RunId run, TreeRecord& record);
void read_growth(const std::string& schedule, const std::string& sigmas, TreeRecord& record);
void read_nodes(Query& rows, TreeRecord& record);
void read_scores(Query& rows, TreeRecord& record);

// Removes the prompts and training trees of an iteration and what was grown again from them,
// pictures included.
void delete_trees(Statements& statements, RunId run, std::int32_t iteration);

// The record without its pictures; none if there is none. Throws Error if what is stored is no
// tree.
std::optional<TreeRecord> select_tree(Statements& statements, RunId run, std::int32_t iteration,
                                      PromptId prompt);

std::vector<PromptSummary> select_prompts(Statements& statements, RunId run,
                                          std::int32_t iteration);

}  // namespace treegrpo
