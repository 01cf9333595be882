// The run that is looked at, as a whole: its iterations, evaluations and changes, read from the
// store once and kept up with while it trains. GUI thread only.
#pragma once

#include <QObject>
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
  const RunConfig& config() const { return config_; }

  // Reads a run of the store, if it is not the one that is kept.
  void load(RunId run);
  void reload() { read(run_); }
  // Reads the prompts of an iteration, told by promptsRead.
  void readPrompts(std::int32_t iteration);

 Q_SIGNALS:
  void runRead();  // another run, or all of it anew
  void iterationAdded(const treegrpo::IterationRecord& record);
  void evaluationAdded(const treegrpo::EvaluationRecord& record);
  void promptsRead(const std::vector<treegrpo::PromptRewards>& prompts);

 private:
  void read(RunId run);

  Session& session_;
  RunId run_;
  RunSummary summary_;
  std::vector<IterationRecord> iterations_;
  std::vector<EvaluationRecord> evaluations_;
  RunConfig config_;
};

}  // namespace treegrpo
