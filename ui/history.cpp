#include "history.h"

#include <algorithm>
#include <utility>

#include "record/config_changes.h"

namespace treegrpo {
namespace {

struct WholeRun {
  RunSummary summary;
  std::vector<IterationRecord> iterations;
  std::vector<EvaluationRecord> evaluations;
  std::vector<ParameterChanged> changes;
  RunConfig config;
};

WholeRun wholeRun(Workbench& store, RunId run) {
  WholeRun whole;
  whole.summary = store.find_run(std::to_string(run.value));
  whole.iterations = store.iterations(run);
  whole.evaluations = store.evaluations(run);
  whole.changes = store.parameter_changes(run);
  whole.config = store.config(run, whole.summary.iterations);
  return whole;
}

PromptRewards rewardsOf(const TreeRecord& tree) {
  PromptRewards row{.prompt = tree.prompt, .text = tree.text, .leaf_rewards = {}, .mean = no_value};
  const std::size_t count = tree.rewards.empty() ? 0 : tree.rewards.front().size();
  double sum = 0;
  for (std::size_t leaf = 0; leaf < count; ++leaf) {
    row.leaf_rewards.push_back(total_reward(tree, leaf));
    sum += row.leaf_rewards.back();
  }
  if (count > 0) row.mean = sum / static_cast<double>(count);
  return row;
}

}  // namespace

History::History(Session& session, QObject* parent) : QObject(parent), session_(session) {
  connect(&session_, &Session::runStarted, this, [this](RunId run) { read(run); });
  connect(&session_, &Session::eventsLost, this, [this](RunId run) {
    if (!leadsAway(run)) read(run);
  });
  connect(&session_, &Session::iterationFinished, this,
          [this](RunId run, const IterationFinished& finished) {
            if (leadsAway(run)) return;
            if (run != run_) return read(run);
            if (!iterations_.empty() && iterations_.back().iteration >= finished.record->iteration)
              return;  // read from the store already
            iterations_.push_back(*finished.record);
            Q_EMIT iterationAdded(iterations_.back());
            if (held_ || finished.trees.empty())
              return;  // the user looks at another iteration's prompts
            std::vector<PromptRewards> prompts;
            for (const auto& tree : finished.trees) prompts.push_back(rewardsOf(*tree));
            Q_EMIT promptsRead(prompts, finished.record->iteration);
          });
  connect(&session_, &Session::evaluationFinished, this,
          [this](RunId run, const EvaluationFinished& finished) {
            if (run != run_) return;
            evaluations_.push_back(*finished.record);
            Q_EMIT evaluationAdded(evaluations_.back());
          });
  connect(&session_, &Session::parameterChanged, this,
          [this](RunId run, const ParameterChanged& change) {
            if (run != run_ || is_among(changes_, change)) return;
            changes_.push_back(change);
            config_ = config_of_iteration(std::move(config_), {&change, 1}, change.iteration);
            Q_EMIT changeAdded(change);
          });
}

void History::load(RunId run) {
  if (run != run_) read(run);
}

void History::read(RunId run) {
  run_ = run;
  summary_ = {};
  iterations_.clear();
  evaluations_.clear();
  changes_.clear();
  session_.ask<WholeRun>([run](Workbench& store) { return wholeRun(store, run); }, this,
                         [this, run](WholeRun whole) {
                           if (run != run_) return;
                           // What finished since the store was asked.
                           for (IterationRecord& record : iterations_)
                             if (record.iteration >= whole.summary.iterations)
                               whole.iterations.push_back(std::move(record));
                           for (const ParameterChanged& change : changes_)
                             if (!is_among(whole.changes, change)) whole.changes.push_back(change);
                           summary_ = std::move(whole.summary);
                           iterations_ = std::move(whole.iterations);
                           evaluations_ = std::move(whole.evaluations);
                           changes_ = std::move(whole.changes);
                           config_ = std::move(whole.config);
                           Q_EMIT runRead();
                         });
}

void History::readPrompts(std::int32_t iteration) {
  using Rows = std::optional<std::vector<PromptRewards>>;
  const int question = ++*newest_;
  session_.ask<Rows>(
      [run = run_, iteration, question, newest = newest_](Workbench& store) -> Rows {
        std::vector<PromptRewards> rows;
        if (question != *newest) return {};
        for (const PromptSummary& prompt : store.prompts(run, iteration)) {
          if (question != *newest) return {};
          rows.push_back(rewardsOf(store.tree_numbers(run, iteration, prompt.prompt)));
        }
        return rows;
      },
      this,
      [this, question, iteration](Rows rows) {
        if (rows && question == *newest_) Q_EMIT promptsRead(*rows, iteration);
      });
}

}  // namespace treegrpo
