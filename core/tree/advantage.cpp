#include "tree/advantage.h"

#include <algorithm>
#include <cmath>

#include "tree/backup.h"
#include "tree/credit_rules.h"
#include "tree/leaf_advantage.h"

namespace treegrpo {
namespace {

// Values of a step that differ by no more than the rounding of the leaves' scores are equal: sums
// of the same scores in another order are.
std::vector<Moments> moments_by_step(const TreeRecord& record, std::span<const double> values) {
  std::vector<std::vector<double>> by_step(static_cast<std::size_t>(record.steps()) + 1);
  double largest = 0;
  for (std::size_t node = 0; node < values.size(); ++node) {
    by_step[static_cast<std::size_t>(record.nodes[node].step)].push_back(values[node]);
    largest = std::max(largest, std::abs(values[node]));
  }
  std::vector<Moments> result;
  for (const std::vector<double>& of_step : by_step) {
    result.push_back(moments(of_step));
    result.back().constant = is_rounding(result.back().deviation, largest);
  }
  return result;
}

RuleInput rule_input(const TreeRecord& record, const BackedUp& backed_up,
                     const CreditOptions& options) {
  RuleInput input{record, backed_up, options, moments_by_step(record, backed_up.values)};
  input.prompt_value = input.by_step.front().mean;
  return input;
}

// Whether the edge into a node gets a gradient.
bool trains(const TreeRecord& record, std::size_t node) {
  const TreeNode& child = record.nodes[node];
  return child.parent >= 0 && record.schedule.steps[static_cast<std::size_t>(child.step - 1)].train;
}

EdgeTrace edge_trace(EdgeCredit credit, std::size_t node) {
  EdgeTrace edge{.node = static_cast<std::int32_t>(node),
                 .formula = std::move(credit.formula),
                 .terms = std::move(credit.terms)};
  for (const CreditTerm& term : edge.terms) edge.unclamped += term.weight * term.value;
  return edge;
}

RecordCredit record_credit(const RuleInput& input, const CreditRule& rule, LeafCredit leaf) {
  RecordCredit credit{.values = input.backed_up.values,
                      .advantages = std::vector<double>(input.record.nodes.size(), no_value),
                      .trace = {.rule = std::string(rule.name),
                                .backup = std::string(backup_name(input.options.backup)),
                                .normalisation = std::move(leaf.normalisation),
                                .leaves = std::move(leaf.leaves),
                                .edges = {}},
                      .skipped = leaf.skipped};
  for (std::size_t node = 0; node < input.record.nodes.size(); ++node) {
    if (input.record.nodes[node].parent < 0) continue;
    EdgeTrace edge = edge_trace(rule.edge(input, node), node);
    edge.advantage = no_value;
    if (trains(input.record, node) && !credit.skipped)
      edge.advantage =
          std::clamp(edge.unclamped, -input.options.adv_clip_max, input.options.adv_clip_max);
    credit.advantages[node] = edge.advantage;
    credit.trace.edges.push_back(std::move(edge));
  }
  return credit;
}

}  // namespace

Credit assign_credit(std::span<const TreeRecord> records, const CreditOptions& options,
                     CreditState& /*state*/) {
  const CreditRule& rule = credit_rule_named(options.rule);
  std::vector<LeafCredit> leaf_credits = rule.leaves(records, options);
  Credit credit;
  double ess_sum = 0;
  std::int64_t ess_count = 0;
  for (std::size_t at = 0; at < records.size(); ++at) {
    const BackedUp backed_up = back_up(records[at], scores(leaf_credits[at]), options);
    ess_sum += backed_up.ess_sum;
    ess_count += backed_up.ess_count;
    credit.skipped_groups += leaf_credits[at].skipped ? 1 : 0;
    credit.records.push_back(record_credit(rule_input(records[at], backed_up, options), rule,
                                           std::move(leaf_credits[at])));
  }
  if (ess_count > 0) credit.softmax_ess = ess_sum / static_cast<double>(ess_count);
  return credit;
}

void apply(const RecordCredit& credit, TreeRecord& record) {
  for (std::size_t node = 0; node < record.nodes.size(); ++node) {
    record.nodes[node].value = credit.values[node];
    record.nodes[node].advantage = credit.advantages[node];
  }
}

}  // namespace treegrpo
