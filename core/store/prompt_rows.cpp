#include "store/prompt_rows.h"

#include <string>
#include <utility>

namespace treegrpo {
namespace {

constexpr const char* insert_prompts_sql =
    "INSERT INTO prompt_set(run, part, source, prompts) VALUES(?, ?, ?, ?)";
constexpr const char* select_prompts_sql =
    "SELECT part, source, prompts FROM prompt_set WHERE run = ? ORDER BY part DESC";

}  // namespace

void insert_prompts(Statements& statements, RunId run, std::span<const StoredPrompts> prompts) {
  for (const StoredPrompts& set : prompts) {
    const char* part = set.part == PromptPart::train ? "train" : "held_out";
    const std::string lines = write_prompts(set.prompts, PromptFormat::jsonl);
    Query(statements[insert_prompts_sql], run.value, part, set.source, lines).run();
  }
}

std::vector<StoredPrompts> select_stored_prompts(Statements& statements, RunId run) {
  std::vector<StoredPrompts> sets;
  Query rows(statements[select_prompts_sql], run.value);
  while (rows.next()) {
    PromptsRead read = read_prompts(rows.text(2), PromptFormat::jsonl);
    if (!read.problems.empty())
      throw damaged_store("a prompt of run " + std::to_string(run.value) + " cannot be read");
    sets.push_back({.part = rows.text(0) == "train" ? PromptPart::train : PromptPart::held_out,
                    .source = rows.text(1),
                    .prompts = std::move(read.prompts)});
  }
  return sets;
}

}  // namespace treegrpo
