#include "tree/leaf_advantage.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "base/error.h"

namespace treegrpo {
namespace {

std::string where(const TreeRecord& record) {
  return "of prompt " + std::to_string(record.prompt.value) + " ('" + record.text +
         "') in iteration " + std::to_string(record.iteration);
}

void check_rewards(const TreeRecord& record, std::size_t leaf_count) {
  if (record.rewards.size() != record.reward_names.size() ||
      record.rewards.size() != record.reward_weights.size())
    throw Error("the rewards " + where(record) + " have " + std::to_string(record.rewards.size()) +
                " columns for " + std::to_string(record.reward_names.size()) +
                " names; a scorer returned the wrong number of columns");
  for (std::size_t column = 0; column < record.rewards.size(); ++column) {
    const std::string reward = "reward '" + record.reward_names[column] + "' ";
    if (record.rewards[column].size() != leaf_count)
      throw Error(reward + where(record) + " has " + std::to_string(record.rewards[column].size()) +
                  " values for " + std::to_string(leaf_count) +
                  " images; its scorer must return one an image");
    for (const double value : record.rewards[column])
      if (!std::isfinite(value))
        throw Error(reward + where(record) + (std::isnan(value) ? " is NaN" : " is infinite") +
                        "; look at that image and at what its scorer does with it",
                    ErrorKind::not_finite,
                    {.iteration = record.iteration, .prompt = record.prompt.value});
  }
}

// Population deviation of each column over all leaves of the iteration.
std::vector<double> batch_deviations(std::span<const TreeRecord> records) {
  std::vector<double> deviations;
  for (std::size_t column = 0; column < records.front().rewards.size(); ++column) {
    std::vector<double> all;
    for (const TreeRecord& record : records)
      if (column < record.rewards.size())
        all.insert(all.end(), record.rewards[column].begin(), record.rewards[column].end());
    deviations.push_back(moments(all).deviation);
  }
  return deviations;
}

double divisor(const Moments& group, double batch_deviation, const CreditOptions& options) {
  switch (options.deviation) {
    case Deviation::group:
      return std::max(group.deviation, options.std_min);
    case Deviation::batch:
      return std::max(batch_deviation, options.std_min);
    case Deviation::none:
      break;
  }
  return 1;
}

void score_by_advantage(LeafTrace& leaf, std::span<const double> weights) {
  std::vector<CreditTerm> terms;
  for (std::size_t column = 0; column < weights.size(); ++column)
    terms.push_back({leaf.node, weights[column], leaf.normalised[column]});
  set_score(leaf, "weighted sum of its normalised rewards", std::move(terms));
}

LeafCredit leaf_credit(const TreeRecord& record, std::span<const double> batch_deviation,
                       const CreditOptions& options) {
  LeafCredit credit;
  for (const std::int32_t leaf : leaves(record))
    credit.leaves.push_back({.node = leaf, .raw = {}, .normalised = {}});
  check_rewards(record, credit.leaves.size());
  credit.skipped = true;
  for (std::size_t column = 0; column < record.rewards.size(); ++column) {
    const Moments group = moments(record.rewards[column]);
    const double weight = record.reward_weights[column];
    const double by = divisor(group, batch_deviation[column], options);
    credit.normalisation.push_back({.reward = record.reward_names[column],
                                    .weight = weight,
                                    .mean = group.mean,
                                    .deviation = group.deviation,
                                    .divisor = by,
                                    .skipped = group.constant});
    if (!group.constant && weight != 0) credit.skipped = false;
    for (std::size_t at = 0; at < credit.leaves.size(); ++at) {
      LeafTrace& leaf = credit.leaves[at];
      const double raw = record.rewards[column][at];
      leaf.raw.push_back(raw);
      leaf.normalised.push_back(group.constant ? 0 : (raw - group.mean) / by);
      leaf.advantage += weight * leaf.normalised.back();
    }
  }
  for (LeafTrace& leaf : credit.leaves) score_by_advantage(leaf, record.reward_weights);
  return credit;
}

}  // namespace

void set_score(LeafTrace& leaf, std::string formula, std::vector<CreditTerm> terms) {
  leaf.formula = std::move(formula);
  leaf.terms = std::move(terms);
  leaf.score = 0;
  for (const CreditTerm& term : leaf.terms) leaf.score += term.weight * term.value;
}

std::vector<double> scores(const LeafCredit& credit) {
  std::vector<double> of_leaves;
  for (const LeafTrace& leaf : credit.leaves) of_leaves.push_back(leaf.score);
  return of_leaves;
}

Moments moments(std::span<const double> values) {
  Moments result;
  if (values.empty()) return result;
  const auto count = static_cast<double>(values.size());
  double largest = 0;
  for (const double value : values) {
    result.mean += value / count;
    largest = std::max(largest, std::abs(value));
  }
  for (const double value : values)
    result.deviation += (value - result.mean) * (value - result.mean) / count;
  result.deviation = std::sqrt(result.deviation);
  result.constant = is_rounding(result.deviation, largest);
  return result;
}

bool is_rounding(double deviation, double largest) { return deviation <= 1e-12 * largest; }

std::vector<LeafCredit> leaf_advantages(std::span<const TreeRecord> records,
                                        const CreditOptions& options) {
  std::vector<LeafCredit> credits;
  if (records.empty()) return credits;
  const std::vector<double> batch = batch_deviations(records);
  for (const TreeRecord& record : records) {
    if (record.rewards.size() != batch.size())
      throw Error("the prompts of iteration " + std::to_string(record.iteration) +
                  " have different numbers of reward columns; score all with the same rewards");
    credits.push_back(leaf_credit(record, batch, options));
  }
  return credits;
}

}  // namespace treegrpo
