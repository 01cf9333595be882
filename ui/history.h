// The run that is looked at, as a whole: its iterations, evaluations and changes, read from the
// store once and kept up with while it trains. A run that starts is looked at; one that goes on
// while the user holds another is not. GUI thread only.
#pragma once

#include <QObject>
#include <atomic>
#include <memory>
#include <optional>
#include <vector>

#include "record/iteration_record.h"
#include "record/run_config.h"
#include "session.h"

namespace treegrpo {

// What a prompt's leaves came to, in an iteration.
struct PromptRewards {
  PromptId prompt;
  std::string text;
  std::vector<double> leaf_rewards;  // weighted sums, in leaf order
  double mean = no_value;
};

class History : public QObject {
  Q_OBJECT

 public:
  explicit History(Session& session, QObject* parent = nullptr);

  RunId run() const { return run_; }
  const RunSummary& summary() const { return summary_; }
  const std::vector<IterationRecord>& iterations() const { return iterations_; }
  const std::vector<EvaluationRecord>& evaluations() const { return evaluations_; }
  const std::vector<ParameterChanged>& changes() const { return changes_; }
  const RunConfig& config() const { return config_; }

  // Reads a run of the store, if it is not the one that is kept.
  void load(RunId run);
  void reload() { read(run_); }
  // While held, what a run in progress tells does not lead away from the run that is kept.
  void setHeld(bool held) { held_ = held; }
  // Reads the prompts of an iteration, told by promptsRead, unless those of another are asked for
  // before.
  void readPrompts(std::int32_t iteration);

 Q_SIGNALS:
  void runRead();  // another run, or all of it anew
  void iterationAdded(const treegrpo::IterationRecord& record);
  void evaluationAdded(const treegrpo::EvaluationRecord& record);
  void changeAdded(const treegrpo::ParameterChanged& change);
  void promptsRead(const std::vector<treegrpo::PromptRewards>& prompts, std::int32_t iteration);

 private:
  void read(RunId run);
  bool leadsAway(RunId run) const { return held_ && run_.value > 0 && run != run_; }

  Session& session_;
  RunId run_;
  bool held_ = false;
  RunSummary summary_;
  std::vector<IterationRecord> iterations_;
  std::vector<EvaluationRecord> evaluations_;
  std::vector<ParameterChanged> changes_;
  RunConfig config_;
  // Of the questions for prompts: the queries' thread passes over those that are out of date.
  std::shared_ptr<std::atomic<int>> newest_ = std::make_shared<std::atomic<int>>(0);
};

}  // namespace treegrpo
