#include "compare/comparison_remarks.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <set>

namespace treegrpo {
namespace {

// "100" and "1.25", without trailing zeros.
std::string number_text(double value) {
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string quoted(const std::string& name) { return "'" + name + "'"; }

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string has(std::size_t count) { return count == 1 ? " has" : " have"; }

std::string of_runs(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " run" : " runs");
}

void say_without_metric(const ComparedGroup& group, std::span<const ComparedRun> runs,
                        const ComparisonOptions& options, std::vector<std::string>& remarks) {
  std::vector<std::string> without;
  for (const std::size_t run : group.runs)
    if (std::find(group.measured.begin(), group.measured.end(), run) == group.measured.end())
      without.push_back(quoted(runs[run].name));
  if (without.empty()) return;
  remarks.push_back(joined(without) + has(without.size()) + " no " + quoted(options.metric) + ": " +
                    group.letter + " is over " + std::to_string(group.measured.size()) + " of " +
                    of_runs(group.runs.size()));
}

struct Reach {
  double first = no_value;
  double last = no_value;
};

// From where to where a row has values.
Reach reach_of(const AlignedRuns& aligned, std::size_t row) {
  Reach reach;
  for (std::size_t at = 0; at < aligned.x.size(); ++at) {
    if (std::isnan(aligned.y[row][at])) continue;
    if (std::isnan(reach.first)) reach.first = aligned.x[at];
    reach.last = aligned.x[at];
  }
  return reach;
}

void say_lengths(const ComparedGroup& group, const ComparisonOptions& options,
                 std::vector<std::string>& remarks) {
  std::vector<double> ends;
  for (std::size_t row = 0; row < group.aligned.y.size(); ++row)
    ends.push_back(reach_of(group.aligned, row).last);
  if (ends.size() < 2) return;
  const auto [least, greatest] = std::minmax_element(ends.begin(), ends.end());
  // Costs differ a little between any two runs; iterations do not.
  const double tolerated = options.axis == XAxis::iteration ? 0 : .02 * *greatest;
  if (*greatest - *least <= tolerated) return;
  remarks.push_back("the runs of " + group.letter + " end at " + number_text(*least) + " to " +
                    number_text(*greatest) + " " + std::string(axis_unit(options.axis)) +
                    ": beyond " + number_text(*least) + " its mean is over fewer runs");
}

void say_missing_place(const ComparedGroup& group, std::span<const ComparedRun> runs,
                       const ComparisonOptions& options, std::vector<std::string>& remarks) {
  if (!options.at) return;
  for (std::size_t row = 0; row < group.measured.size(); ++row) {
    const ComparedRun& run = runs[group.measured[row]];
    const Series series = metric_series(run.scalars, options.metric, options.axis);
    if (!std::isnan(value_at(series, *options.at, options.axis))) continue;
    remarks.push_back(quoted(run.name) + " has no " + quoted(options.metric) + " at " +
                      number_text(*options.at) + " " + std::string(axis_unit(options.axis)) +
                      "; it has it from " + number_text(series.x.front()) + " to " +
                      number_text(series.x.back()));
  }
}

void say_count(const ComparedGroup& group, std::vector<std::string>& remarks) {
  if (group.measured.size() == 1)
    remarks.push_back(group.letter + " is one run: it has no band and no interval");
  if (group.measured.size() == 2)
    remarks.push_back(group.letter + " is two runs: its band rests on two values");
}

void say_equal_seeds(const ComparedGroup& group, std::span<const ComparedRun> runs,
                     std::vector<std::string>& remarks) {
  std::map<std::uint64_t, std::string> run_of_seed;
  for (const std::size_t run : group.measured) {
    const auto [at, is_new] = run_of_seed.emplace(runs[run].config.run.seed, runs[run].name);
    if (!is_new)
      remarks.push_back(quoted(at->second) + " and " + quoted(runs[run].name) + " of " +
                        group.letter + " have the same seed: they are no independent samples");
  }
}

void say_changes(const ComparedGroup& group, std::span<const ComparedRun> runs,
                 std::vector<std::string>& remarks) {
  for (const std::size_t run : group.runs)
    for (const ParameterChanged& change : runs[run].changes)
      remarks.push_back(change.key + " of " + quoted(runs[run].name) + " was changed from " +
                        change.old_value + " to " + change.new_value + " at iteration " +
                        std::to_string(change.iteration));
}

std::string seeds_text(const std::set<std::uint64_t>& seeds) {
  std::vector<std::string> words;
  for (const std::uint64_t seed : seeds) words.push_back(std::to_string(seed));
  return (words.size() == 1 ? "seed " : "seeds ") + joined(words);
}

std::set<std::uint64_t> seeds_of(const ComparedGroup& group, std::span<const ComparedRun> runs) {
  std::set<std::uint64_t> seeds;
  for (const std::size_t run : group.measured) seeds.insert(runs[run].config.run.seed);
  return seeds;
}

}  // namespace

std::vector<std::string> group_remarks(const ComparedGroup& group,
                                       std::span<const ComparedRun> runs,
                                       const ComparisonOptions& options) {
  std::vector<std::string> remarks;
  say_without_metric(group, runs, options, remarks);
  say_missing_place(group, runs, options, remarks);
  say_lengths(group, options, remarks);
  say_count(group, remarks);
  say_equal_seeds(group, runs, remarks);
  say_changes(group, runs, remarks);
  return remarks;
}

std::vector<std::string> comparison_remarks(const Comparison& comparison,
                                            std::span<const ComparedRun> runs,
                                            const ComparisonOptions& options) {
  std::vector<std::string> remarks;
  std::set<std::string> prompts;
  const bool held_out = options.metric.starts_with("evaluation.");
  for (const ComparedRun& run : runs)
    prompts.insert(held_out ? run.config.prompts.held_out : run.config.prompts.train);
  if (prompts.size() > 1)
    remarks.push_back("the runs have different prompts (" +
                      joined({prompts.begin(), prompts.end()}) + "): their " + options.metric +
                      " is not of the same task");
  const ComparedGroup& first = comparison.groups.front();
  for (const ComparedGroup& group : comparison.groups)
    if (seeds_of(group, runs) != seeds_of(first, runs) && !group.measured.empty() &&
        !first.measured.empty())
      remarks.push_back("the seeds do not match: " + first.letter + " has " +
                        seeds_text(seeds_of(first, runs)) + ", " + group.letter + " has " +
                        seeds_text(seeds_of(group, runs)));
  return remarks;
}

}  // namespace treegrpo
