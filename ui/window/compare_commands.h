// What the compare page shows, read from the store: which runs, their curves and configs, and the
// two trees that stand face to face.
#pragma once

#include <QObject>
#include <cstdint>
#include <memory>
#include <vector>

#include "comparison/compare_page.h"
#include "session.h"
#include "window/iteration_reading.h"

namespace treegrpo {

class CompareCommands : public QObject {
  Q_OBJECT

 public:
  CompareCommands(Session& session, ComparePage& page, QObject* parent);

  // Reads these runs anew; those that are gone are left out.
  void compare(const std::vector<RunId>& runs);
  bool empty() const { return runs_.empty(); }

 private:
  struct Runs;
  void showRuns(Runs runs);
  void readTrees();
  void readProbes();

  Session& session_;
  ComparePage& page_;
  std::vector<RunId> runs_;
  int questions_ = 0;  // for trees: an older answer is passed over
  IterationReading reading_;
  int probe_readings_ = 0;  // likewise for probes
};

}  // namespace treegrpo
