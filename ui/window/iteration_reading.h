// Reads one iteration of several runs, a tree at a time, on the store's thread: other questions get
// their turn between two trees, and it can be cancelled.
#pragma once

#include <QObject>
#include <cstdint>
#include <vector>

#include "comparison/iteration_read.h"
#include "session.h"

namespace treegrpo {

class IterationReading : public QObject {
  Q_OBJECT

 public:
  IterationReading(Session& session, QObject* parent);

  // Of the prompts of the first run; leaves what was being read before.
  void start(const std::vector<RunId>& runs, std::int32_t iteration);
  // Goes no further; what was read stays.
  void cancel();

 Q_SIGNALS:
  void progressed(const treegrpo::IterationRead& read);

 private:
  struct Beginning;
  struct Cell;
  static Cell cellOf(Workbench& store, RunId run, std::int32_t iteration,
                     const PromptSummary& prompt);
  void begin(int reading, Beginning beginning);
  void add(int at, Cell cell);

  Session& session_;
  IterationRead read_;
  int reading_ = 0;  // how many were started: an answer to an older one is passed over
};

}  // namespace treegrpo
