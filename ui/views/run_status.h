// The status bar: what the run does, how far it is, how fast, what it takes of the machine.
#pragma once

#include <QStatusBar>
#include <cstdint>
#include <optional>
#include <vector>

#include "record/iteration_record.h"
#include "run_state.h"

class QLabel;

namespace treegrpo {

class ElidedLabel;

class RunStatusBar : public QStatusBar {
  Q_OBJECT

 public:
  explicit RunStatusBar(QWidget* parent = nullptr);

  void setState(RunState state);
  // Of a run that another process trains: said in place of the state. Empty: the run is this one's.
  // Late: its process has not been heard of for too long.
  void setFollowed(const QString& words, bool late = false);
  void setPlan(std::int32_t iterations);  // in total; 0: not known
  void addIteration(const IterationRecord& record);
  void forgetIterations();
  void setMachine(const QString& text);  // "tiny model · cpu · 2 threads"
  void setStoreBytes(std::int64_t bytes);

 private:
  void tell();

  ElidedLabel* state_;
  QLabel *progress_, *rate_, *left_, *memory_, *store_, *machine_;
  RunState run_state_ = RunState::idle;
  QString followed_;
  bool late_ = false;
  std::int32_t planned_ = 0;
  std::int32_t done_ = 0;
  std::int64_t last_nfe_ = 0;
  std::int64_t peak_bytes_ = 0;
  std::vector<double> seconds_;  // of the last iterations
};

// "41 min left (±5)": from the median of the last iterations' seconds and their spread; empty where
// there is nothing to go by.
QString timeLeft(const std::vector<double>& seconds, std::int32_t iterations);

// "1.2 GB".
QString byteText(std::int64_t bytes);

}  // namespace treegrpo
