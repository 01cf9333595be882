#include "workbench/stored_credit.h"

#include <optional>
#include <utility>
#include <vector>

#include "record/config_fields.h"
#include "tree/advantage.h"
#include "tree/credit_options.h"
#include "workbench/stored_config.h"

namespace treegrpo {

CreditedTree credit_again(RunReader& reader, RunId run, std::int32_t iteration, PromptId prompt,
                          std::span<const std::string> sets) {
  RunConfig config = config_at(reader, run, iteration);
  for (const std::string& set : sets) set_field(config, set);
  const CreditOptions options = credit_options(config);

  std::vector<TreeRecord> records;  // in the order in which they were credited when they were new
  std::optional<std::size_t> wanted;
  for (const PromptSummary& summary : reader.prompts(run, iteration)) {
    const bool is_wanted = summary.prompt == prompt;
    if (is_wanted) wanted = records.size();
    // The others are only credited with: their images would cost most of the time.
    records.push_back(is_wanted ? reader.tree(run, iteration, prompt)
                                : reader.tree_numbers(run, iteration, summary.prompt));
  }
  if (!wanted) {
    records = {reader.tree(run, iteration, prompt)};  // throws: says what there is
    wanted = 0;
  }
  CreditState state;
  Credit credit = assign_credit(records, options, state);
  RecordCredit& of_tree = credit.records[*wanted];
  CreditedTree result{.tree = std::move(records[*wanted]), .trace = {}, .skipped = of_tree.skipped};
  apply(of_tree, result.tree);
  result.trace = std::move(of_tree.trace);
  return result;
}

}  // namespace treegrpo
