#include "tree/leaf_scores.h"

#include <algorithm>
#include <utility>

namespace treegrpo {
namespace {

using Records = std::span<const TreeRecord>;

// Leaves by their places among the leaves of a record.
using Places = std::vector<std::size_t>;

std::vector<Places> leaves_under(const TreeRecord& record) {
  std::vector<Places> under(record.nodes.size());
  const std::vector<std::int32_t> at_end = leaves(record);
  for (std::size_t place = 0; place < at_end.size(); ++place)
    for (std::int32_t node = at_end[place]; node >= 0;
         node = record.nodes[static_cast<std::size_t>(node)].parent)
      under[static_cast<std::size_t>(node)].push_back(place);
  return under;
}

std::vector<double> picked(std::span<const double> values, const Places& places) {
  std::vector<double> some;
  for (const std::size_t place : places) some.push_back(values[place]);
  return some;
}

// A leaf's score and the means of the groups it is compared with.
struct Compared {
  double score = 0;
  std::vector<double> group_means;

  double average_difference() const {
    double sum = 0;
    for (const double mean : group_means) sum += score - mean;
    return sum / static_cast<double>(group_means.size());
  }
};

// The prompt first, then the leaves under each ancestor that branches, each set of leaves once.
std::vector<Compared> compared_with_groups(const TreeRecord& record,
                                           std::span<const double> scores) {
  std::vector<Compared> leaves;
  const double prompt_mean = moments(scores).mean;
  for (const double score : scores) leaves.push_back({score, {prompt_mean}});
  const std::vector<Places> under = leaves_under(record);
  const auto below = children(record);
  for (std::size_t node = 0; node < record.nodes.size(); ++node) {
    if (below[node].size() < 2 || under[node].size() == scores.size()) continue;
    const double group_mean = moments(picked(scores, under[node])).mean;
    for (const std::size_t place : under[node]) leaves[place].group_means.push_back(group_mean);
  }
  return leaves;
}

// (average difference - mean of the iteration) / divisor, term by term.
std::vector<CreditTerm> whitened_terms(const Compared& leaf, std::int32_t node,
                                       double iteration_mean, double divisor) {
  const double share = 1 / (divisor * static_cast<double>(leaf.group_means.size()));
  std::vector<CreditTerm> terms = {{node, 1 / divisor, leaf.score}};
  for (const double mean : leaf.group_means) terms.push_back({of_a_group, -share, mean});
  terms.push_back({of_a_group, -1 / divisor, iteration_mean});
  return terms;
}

// Adds w (R - mean of the tree) / deviation of the tree to the terms of each leaf.
void add_tree_terms(const TreeRecord& record, std::size_t column, const CreditOptions& options,
                    const NormalisationTrace& of_prompt,
                    std::vector<std::vector<CreditTerm>>& terms) {
  if (of_prompt.skipped) return;
  const std::vector<Places> under = leaves_under(record);
  for (std::size_t node = 0; node < record.nodes.size(); ++node) {
    if (record.nodes[node].parent >= 0) continue;
    const Moments of_tree = moments(picked(record.rewards[column], under[node]));
    if (of_tree.constant) continue;
    const double by = options.deviation == Deviation::group
                          ? std::max(of_tree.deviation, options.std_min)
                          : of_prompt.divisor;
    for (const std::size_t place : under[node])
      terms[place].push_back({terms[place].front().node, of_prompt.weight,
                              (record.rewards[column][place] - of_tree.mean) / by});
  }
}

}  // namespace

std::vector<LeafCredit> centred_leaves(Records records, const CreditOptions& options) {
  CreditOptions undivided = options;
  undivided.deviation = Deviation::none;
  return leaf_advantages(records, undivided);
}

std::vector<LeafCredit> treepo_leaves(Records records, const CreditOptions& options) {
  std::vector<LeafCredit> credits = centred_leaves(records, options);
  std::vector<std::vector<Compared>> compared(credits.size());
  std::vector<double> differences;  // of all leaves that count
  for (std::size_t at = 0; at < credits.size(); ++at) {
    if (credits[at].skipped) continue;
    compared[at] = compared_with_groups(records[at], scores(credits[at]));
    for (const Compared& leaf : compared[at]) differences.push_back(leaf.average_difference());
  }
  const Moments iteration = moments(differences);
  const double divisor = std::max(iteration.deviation, options.std_min);
  for (std::size_t at = 0; at < credits.size(); ++at)
    for (std::size_t place = 0; place < compared[at].size(); ++place) {
      LeafTrace& leaf = credits[at].leaves[place];
      set_score(leaf,
                "its centred reward minus the mean of the means of its groups, the prompt first, "
                "whitened over the iteration",
                whitened_terms(compared[at][place], leaf.node, iteration.mean, divisor));
    }
  return credits;
}

std::vector<LeafCredit> tree_and_prompt_leaves(Records records, const CreditOptions& options) {
  std::vector<LeafCredit> credits = leaf_advantages(records, options);
  for (std::size_t at = 0; at < credits.size(); ++at) {
    LeafCredit& credit = credits[at];
    std::vector<std::vector<CreditTerm>> terms;
    for (const LeafTrace& leaf : credit.leaves) terms.push_back(leaf.terms);
    for (std::size_t column = 0; column < credit.normalisation.size(); ++column)
      add_tree_terms(records[at], column, options, credit.normalisation[column], terms);
    for (std::size_t place = 0; place < terms.size(); ++place)
      set_score(
          credit.leaves[place],
          "weighted sum of its rewards, normalised within the prompt and then within its tree",
          std::move(terms[place]));
  }
  return credits;
}

}  // namespace treegrpo
